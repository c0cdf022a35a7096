export { measureOf } from './measure.ts';
export { median } from './median.ts';
export { jitterOf, percentile, spreadOf } from './spread.ts';
