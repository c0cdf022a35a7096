export { toCurl, toHar } from './inspector/index.ts';
export { createProxy } from './proxy.ts';
export type { BundledProxy, LocalDecision, ProxiedService } from './types.ts';
