import type { BodyPreview } from '../../../../shared/model/exchange.ts';
import { redacted, redactText } from './redact.ts';

/** The most that is kept of one body, in bytes: enough to read an answer, too little to fill the memory with 500. */
const previewBytes = 64 * 1024;

/** Gathers the beginning of a body as it passes. */
export interface PreviewCollector {
  take(chunk: Buffer): void;
  /** The body whole, where it fitted: for sending it again. Never handed out of the engine. */
  whole(): Buffer | undefined;
  preview(): BodyPreview & { readonly redacted: boolean };
}

export function createPreview(encoding: string | undefined): PreviewCollector {
  const chunks: Buffer[] = [];
  let kept = 0;
  let truncated = false;
  return {
    take(chunk) {
      const room = previewBytes - kept;
      if (chunk.length > room) truncated = true;
      if (room <= 0) return;
      // A copy: a slice would keep the whole 64 KiB that Node read alive.
      const part = Buffer.from(chunk.subarray(0, room));
      chunks.push(part);
      kept += part.length;
    },
    whole: () => (truncated ? undefined : Buffer.concat(chunks)),
    preview() {
      const bytes = Buffer.concat(chunks);
      const plain = encoding === undefined || encoding === 'identity';
      const text = plain ? bytes.toString('utf8') : undefined;
      // A cut in the middle of a character gives one replacement at the very end, which is no sign of binary data.
      if (text === undefined || text.slice(0, -1).includes('\ufffd'))
        return { text: bytes.toString('base64'), encoding: 'base64', truncated, redacted: false };
      const clean = redactText(text);
      return { text: clean, encoding: 'utf8', truncated, redacted: clean.includes(redacted) };
    },
  };
}
