export { readModels } from './read-models.ts';
export { findingsOf, rowOf, speedTable, type TimedToken, timingOf } from './speed.ts';
