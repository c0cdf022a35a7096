export { machineOf, type OpenTarget, type SshPlace, serviceTarget } from './open-target.ts';
export { type Way, waysTo } from './ways.ts';
