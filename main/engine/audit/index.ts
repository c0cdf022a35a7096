export { type Audit, auditFileSchema, createAudit } from './audit.ts';
export { auditHandlers } from './audit-handlers.ts';
