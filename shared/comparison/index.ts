export { type LiveValue, liveCodes, type PlatformRow } from '../model/platform-row.ts';
export { adviceOf } from './advice.ts';
export { changesSince } from './changes.ts';
export {
  type ComparisonCell,
  type ComparisonRow,
  comparisonRowKeys,
  comparisonTable,
  comparisonWords,
} from './comparison-table.ts';
export { measureOf } from './measure.ts';
export { platformRows } from './platform-rows.ts';
export { comparisonCell, comparisonReport, comparisonValue } from './report.ts';
export { jitterOf, spreadOf } from './spread.ts';
export { isTelling } from './telling.ts';
