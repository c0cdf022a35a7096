export { type AdviceFacts, adviceOf } from './advice.ts';
export { changesSince, type LabChange } from './changes.ts';
export {
  type LabCell,
  type LabRow,
  type LabRowKey,
  type LabWord,
  labRowKeys,
  labTable,
  labWords,
} from './lab-table.ts';
export { measureOf } from './measure.ts';
export { median } from './median.ts';
export { jitterOf, percentile, spreadOf } from './spread.ts';
