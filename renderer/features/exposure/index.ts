export { AuditList } from './audit-list.tsx';
export { AuditThings } from './audit-things.tsx';
export { OpenMark } from './open-mark.tsx';
