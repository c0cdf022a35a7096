import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PlatformState } from './state.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * What stands at the addresses that jobs and projects link to, for who opens one in a browser, and the public keys that
 * the platform shows to everybody. Tells no secret. Says whether the request was for it.
 */
export function serveConsole(
  request: IncomingMessage,
  response: ServerResponse,
  state: PlatformState,
): boolean {
  const [path = ''] = (request.url ?? '').split('?');
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (path === `/api/users/${encodeURIComponent(state.user)}/keys.txt`) {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(state.keys.map(({ content }) => `${content}\n`).join(''));
    return true;
  }
  if (path !== '/' && path !== '/console' && !path.startsWith('/console/')) return false;
  const [, , , kind, id] = path.split('/');
  const job = kind === 'jobs' ? state.jobs.find((candidate) => candidate.id === id) : undefined;
  const project = state.projects.find((candidate) => candidate.id === (job?.projectId ?? id));
  const facts = [
    ['Container', project?.name],
    ['Mode', job?.mode],
    ['Status', job?.status],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`<dt>${name}</dt><dd>${escaped(value)}</dd>`]));
  const title = project === undefined ? 'Local platform' : escaped(project.name);
  response
    .writeHead(kind !== undefined && kind !== 'settings' && project === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    })
    .end(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>` +
        '<style>body{font:14px system-ui;margin:40px;color-scheme:light dark}dt{opacity:.6}dd{margin:0 0 8px}</style>' +
        `<h1>${title}</h1><dl>${facts.join('')}</dl>` +
        '<p>This is the local platform of Gearway. It has no console of its own: Gearway shows everything.</p></html>',
    );
  return true;
}
