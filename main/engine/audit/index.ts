export { type Audit, createAudit } from './audit.ts';
export { auditHandlers } from './audit-handlers.ts';
