export { toCurl } from './curl.ts';
export { toHar } from './har.ts';
export { createInspector, type ExchangeFilter, exchangesKept, type Inspector } from './inspector.ts';
export { createPreview, type PreviewCollector, previewBytes } from './preview.ts';
export type { Recording, RequestFacts } from './recording.ts';
export { redacted, redactHeaders, redactPath, redactText } from './redact.ts';
