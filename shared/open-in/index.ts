export { machineOf, type OpenTarget, type SshMachine, serviceTarget } from './open-target.ts';
export { type Way, waysTo } from './ways.ts';
