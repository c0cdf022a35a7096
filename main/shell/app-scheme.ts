import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

/** The window is served from a scheme of its own: no `file:` rights, and one place that sets the policy. */
export const appOrigin = 'app://gearway';

/**
 * Nothing but our own files runs or shows, and the page opens no connection:
 * whatever it wants from outside it asks of the engine.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Call before `ready` (electronjs.org/docs/latest/api/protocol). */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the window's files, and only those, from `folder`. Call after `ready`. */
export function serveAppScheme(folder: string): void {
  protocol.handle('app', (request) => answerFrom(folder, request.url));
}

/** Whatever is answered carries the policy: a page that is not there is a page of our origin, too. */
export async function answerFrom(folder: string, address: string): Promise<Response> {
  const file = fileOf(address, folder);
  const type = file === undefined ? undefined : types[extname(file)];
  const bytes =
    file === undefined || type === undefined ? undefined : await readFile(file).catch(() => undefined);
  return new Response(bytes === undefined ? 'Not found' : new Uint8Array(bytes), {
    status: bytes === undefined ? 404 : 200,
    headers: {
      'content-type': (bytes && type) ?? 'text/plain; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
    },
  });
}

/** The file that an address names, or `undefined` when it leaves the folder. */
export function fileOf(address: string, folder: string): string | undefined {
  const url = new URL(address);
  if (url.protocol !== 'app:' || url.host !== 'gearway') return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0')) return undefined;
  const file = normalize(join(folder, path === '/' ? 'index.html' : path));
  return file.startsWith(folder + sep) ? file : undefined;
}
