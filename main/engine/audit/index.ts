export { type Audit, auditFileSchema, createAudit } from './audit.ts';
export { auditable, createAuditHandlers } from './audit-handlers.ts';
