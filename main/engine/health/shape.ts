import type { Facts } from '../../../shared/model/service.ts';
import type { Answer } from './get-once.ts';

/** What an answer holds, by what it says of itself. */
export function shapeOf({ headers, body }: Answer): Facts['shape'] {
  const type = (headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('text/event-stream')) return 'stream';
  if (type.startsWith('text/html')) return 'page';
  if (/^application\/(?:[\w.+-]*\+)?json/.test(type)) return 'json';
  if (body === '') return 'empty';
  return type.startsWith('text/') ? 'text' : 'other';
}

/**
 * Whether a page that came over HTTPS loads over plain HTTP what a browser then refuses: scripts, frames, style sheets
 * (W3C Mixed Content, blockable), or the `root` that a Gradio page is told to call.
 */
export const loadsInsecurely = (body: string): boolean =>
  /<(?:script|iframe)\b[^>]{0,400}\bsrc=["']?http:\/\//i.test(body) ||
  /<link\b(?=[^>]{0,400}\brel=["']?stylesheet)[^>]{0,400}\bhref=["']?http:\/\//i.test(body) ||
  /"root":\s*"http:\/\/(?!localhost|127\.)/.test(body);
