export { type LiveValue, liveCodes, type PlatformRow } from '../model/platform-row.ts';
export { adviceOf } from './advice.ts';
export { changesSince } from './changes.ts';
export {
  type LabCell,
  type LabRow,
  labRowKeys,
  labTable,
  labWords,
} from './lab-table.ts';
export { measureOf } from './measure.ts';
export { platformRows } from './platform-rows.ts';
export { labCell, labReport, labValue } from './report.ts';
export { jitterOf, spreadOf } from './spread.ts';
export { isTelling } from './telling.ts';
