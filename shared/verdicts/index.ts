export { type FindingFacts, findings } from './findings.ts';
export { type Fix, fixFor } from './fixes.ts';
export { failureOf, nextHealth } from './route-health.ts';
