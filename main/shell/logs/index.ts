export { type Logs, openLogs } from './logs.ts';
