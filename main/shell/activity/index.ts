export { type ActivityFile, activityFormat } from './format.ts';
export { failureOf, happeningsBetween } from './happenings.ts';
export { type ActivityLog, createActivityLog } from './log.ts';
export { activityText, reportText } from './report.ts';
