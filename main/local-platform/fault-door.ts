import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApiFaults, apiFaultSchema } from './api-faults.ts';
import { type EdgeFaults, edgeFaultSchema } from './faults.ts';
import { sameText } from './same-text.ts';

const path = /^\/(faults|api-faults)\/([^/?]+)$/;
const mostBytes = 10_000;

/**
 * `PUT /faults/NAME` with a fault as JSON sets what goes wrong at the edge for one mapping, `PUT /api-faults/NAME` what
 * goes wrong at the API for one operation; `DELETE` ends it, and NAME `*` means all. It is no part of the real platform.
 * Says whether the request was for it.
 */
export function serveFaults(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly token: string; readonly faults: EdgeFaults; readonly apiFaults: ApiFaults },
): boolean {
  const [, where, written] = path.exec(request.url ?? '') ?? [];
  if (where === undefined || written === undefined) return false;
  const end = (status: number) => void response.writeHead(status).end();
  const name = nameOf(written);
  if (!sameText(request.headers.authorization ?? '', `Bearer ${options.token}`)) end(401);
  else if (name === undefined) end(400);
  else if (request.method === 'DELETE') end(where === 'faults' ? setEdge({}) : setApi(undefined));
  else if (request.method === 'PUT')
    void readJson(request).then((body) => end(where === 'faults' ? setEdge(body) : setApi(body)));
  else end(405);
  return true;

  function setEdge(body: unknown): number {
    const parsed = edgeFaultSchema.safeParse(body);
    if (parsed.success) options.faults.set(name ?? '', parsed.data);
    return parsed.success ? 204 : 400;
  }

  function setApi(body: unknown): number {
    const parsed = apiFaultSchema.optional().safeParse(body);
    if (parsed.success) options.apiFaults.set(name ?? '', parsed.data);
    return parsed.success ? 204 : 400;
  }
}

function nameOf(written: string): string | undefined {
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}

/** `null` for what is no JSON: no fault is written so, and none is taken from it. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  try {
    for await (const chunk of request) {
      text += String(chunk);
      if (text.length > mostBytes) return null;
    }
    return JSON.parse(text);
  } catch {
    return null;
  }
}
