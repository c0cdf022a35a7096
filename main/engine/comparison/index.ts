export { createComparing } from './comparing.ts';
export type { ComparisonQueue } from './queue.ts';
export { createHistory, historySchema, type ComparisonHistory } from './history.ts';
export { createComparisonHandlers } from './handlers.ts';
export { createLatestMeasured, type LatestMeasured } from './latest-measured.ts';
