export { toCurl, toHar } from './inspector/index.ts';
export { createInspectorHandlers } from './inspector-handlers.ts';
export { createProxy } from './proxy.ts';
export type { BundledProxy, LocalDecision, ProxiedService } from './types.ts';
