export { createComparing } from './comparing.ts';
export { createComparisonHandlers } from './handlers.ts';
export { type ComparisonHistory, createHistory, historySchema } from './history.ts';
export { createLatestMeasured, type LatestMeasured } from './latest-measured.ts';
export type { ComparisonQueue } from './queue.ts';
