/** The scales that plots use: Recharts, which finds them by name, would bring all that there are, 7 kB more. */
export { scaleBand, scaleLinear, scaleLog, scalePoint } from 'victory-vendor/d3-scale';
