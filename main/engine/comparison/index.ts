export { createComparing } from './comparing.ts';
export type { LabDesk } from './desk.ts';
export { createHistory, historySchema, type LabHistory } from './history.ts';
export { createComparisonHandlers } from './lab-handlers.ts';
export { createLatestLabs, type LatestLabs } from './latest-labs.ts';
