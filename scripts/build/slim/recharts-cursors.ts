/** Cursors of scatter, bar and radial charts: none of them is on this page. A line's is a `Curve`. */
const nothing = (): null => null;

export { nothing as Cross, nothing as Rectangle, nothing as Sector };
