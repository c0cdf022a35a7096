export { toCurl } from './curl.ts';
export { toHar } from './har.ts';
export { createInspector, type Inspector } from './inspector.ts';
export { createPreview } from './preview.ts';
export type { Recording } from './recording.ts';
export { redacted, redactHeaders } from './redact.ts';
