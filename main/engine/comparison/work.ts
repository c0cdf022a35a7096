import { z } from 'zod';
import { recordOf } from './json.ts';

const path = z.string().regex(/^\/[^\s]{0,500}$/);

/**
 * Paths of a service that may be asked again and again: they only read, or take and keep nothing. A service offers
 * them at `/.well-known/gearway-lab.json`; `{bytes}`, `{ms}` and `{count}` are filled in.
 */
const workSchema = z.object({
  download: path.optional(),
  upload: path.optional(),
  slow: path.optional(),
  events: path.optional(),
  webSocket: path.optional(),
});
export type Work = z.infer<typeof workSchema>;
export const workPath = '/.well-known/gearway-lab.json';

/** What a service offers to be measured with; `undefined` where it offers nothing. Pure. */
export function readWork(text: string): Work | undefined {
  const parsed = workSchema.safeParse(recordOf(text));
  return parsed.success && Object.keys(parsed.data).length > 0 ? parsed.data : undefined;
}

/**
 * What an ordinary page gives to measure with: its files, all of which a browser fetches too. Only those of the same
 * server; `undefined` where there is none. Pure.
 */
export function filesOf(page: string): readonly string[] {
  const found = [
    ...page.matchAll(/<(?:script|img|link)\b[^>]{0,400}?\b(?:src|href)=["']([^"'<>\s]{1,300})["']/gi),
  ];
  const files = found.flatMap(([, address = '']) => {
    if (/^(?:[a-z][a-z+.-]*:|\/\/|#)/i.test(address)) return [];
    const { pathname, search } = new URL(address, 'http://page/');
    return [pathname + search];
  });
  return [...new Set(files)].slice(0, 8);
}

/** Well-known WebSockets: a ping of the protocol itself (RFC 6455 §5.5.2) is answered by any of them and changes nothing. */
export function socketOf(kindName: string | undefined): string | undefined {
  if (kindName === undefined) return undefined;
  if (/^streamlit/i.test(kindName)) return '/_stcore/stream';
  if (/^comfyui/i.test(kindName)) return '/ws';
  return undefined;
}

/** Puts values into a path of `{names}`; an unknown name stays as it is. */
export const fillPath = (template: string, values: Readonly<Record<string, number>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
