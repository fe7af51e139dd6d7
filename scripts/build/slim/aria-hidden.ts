/** Hides the page from screen readers behind what is modal; a `<dialog>`, which is all that is modal here, does so itself. */
export const hideOthers = () => (): void => {};
