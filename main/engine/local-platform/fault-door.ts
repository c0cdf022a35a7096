import type { IncomingMessage, ServerResponse } from 'node:http';
import { type EdgeFaults, edgeFaultSchema } from './faults.ts';
import { sameText } from './same-text.ts';

const path = /^\/faults\/([^/?]+)$/;
const mostBytes = 10_000;

/**
 * `PUT /faults/NAME` with a fault as JSON sets what goes wrong at the edge, `DELETE` ends it; NAME `*` means every
 * mapping. It is no part of the real platform. Says whether the request was for it.
 */
export function serveFaults(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly token: string; readonly faults: EdgeFaults },
): boolean {
  const name = path.exec(request.url ?? '')?.[1];
  if (name === undefined) return false;
  const end = (status: number) => response.writeHead(status).end();
  if (!sameText(request.headers.authorization ?? '', `Bearer ${options.token}`)) end(401);
  else if (request.method === 'DELETE') {
    options.faults.set(decodeURIComponent(name), {});
    end(204);
  } else if (request.method === 'PUT')
    void readJson(request).then((body) => {
      const parsed = edgeFaultSchema.safeParse(body);
      if (parsed.success) options.faults.set(decodeURIComponent(name), parsed.data);
      end(parsed.success ? 204 : 400);
    });
  else end(405);
  return true;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  try {
    for await (const chunk of request) {
      text += String(chunk);
      if (text.length > mostBytes) return undefined;
    }
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
