export { type Audit, auditFileSchema, createAudit } from './audit.ts';
export { createAuditHandlers } from './audit-handlers.ts';
