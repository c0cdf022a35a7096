export { asksPerson } from './asks-person.ts';
export type { FindingFacts } from './evidence.ts';
export { exposedMark } from './exposed-mark.ts';
export { auditVerdict, nextAuditPath } from './exposure.ts';
export { findings } from './findings.ts';
export { fixFor, fixPurposeOf } from './fixes.ts';
export { failureOf, nextHealth } from './route-health.ts';
export { type ServiceState, serviceState } from './service-state.ts';
export { findingTones } from './tone.ts';
