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
export {
  type LiveCode,
  type LiveValue,
  liveCodes,
  type PlatformRow,
  type PlatformRowFacts,
  type PlatformRowKey,
  platformRowKeys,
  platformRows,
} from './platform-rows.ts';
export { labCell, labReport, labValue } from './report.ts';
export { jitterOf, percentile, spreadOf } from './spread.ts';
