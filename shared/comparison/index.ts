export { measureOf } from './measure.ts';
export { median } from './median.ts';
