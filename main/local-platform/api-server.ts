import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { Kind, parse } from 'graphql';
import { createSchema, createYoga } from 'graphql-yoga';
import type { Clock, Stop } from '../engine/base/effects.ts';
import type { ApiFault, ApiFaults } from './api-faults.ts';
import { serveFaults } from './fault-door.ts';
import type { EdgeFaults } from './faults.ts';
import type { Caller, createResolvers } from './resolvers.ts';
import { sdl } from './sdl.ts';

/** The ingress in front of the platform takes 1 MiB; ours takes what a test may send. */
const mostBytes = 4 * 1024 * 1024;
/** A login is short. */
const mostStrangerBytes = 64 * 1024;

/** The API at `/gateway`, over HTTP. */
export function createApiServer(options: {
  readonly resolvers: ReturnType<typeof createResolvers>;
  /** Who sends this `Authorization` header. */
  readonly caller: (authorization: string) => Caller;
  /** What goes wrong at the edge, and the token that may change it. */
  readonly faults: EdgeFaults;
  readonly token: () => string;
  readonly apiFaults: ApiFaults;
  readonly clock: Clock;
  /** What is no API and stands at the same origin: the store, the pages. Says whether the request was for it. */
  readonly beside: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
}): Server {
  const yoga = createYoga<Record<string, never>, Caller>({
    schema: createSchema({ typeDefs: sdl, resolvers: options.resolvers as never }),
    graphqlEndpoint: '/gateway',
    graphiql: false,
    landingPage: false,
    logging: false,
    cors: false,
    maskedErrors: false,
    context: ({ request }) => options.caller(request.headers.get('authorization') ?? ''),
  });
  const waiting = new Set<Stop>();

  async function answer(request: IncomingMessage, response: ServerResponse) {
    // Whoever has no token is told so by what is short; only the login and what is public need none.
    const caller = options.caller(request.headers.authorization ?? '');
    const body = await readBody(request, caller.token === 'none' ? mostStrangerBytes : mostBytes);
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end();
      request.resume();
      return;
    }
    const fault = options.apiFaults.of(operationsOf(body));
    if (fault.http !== undefined) return sendInstead(response, fault.http);
    const reply =
      fault.error === undefined
        ? await yoga.fetch(`http://local${request.url ?? ''}`, {
            method: request.method ?? 'POST',
            headers: Object.entries(request.headers).flatMap(([name, value]) =>
              typeof value === 'string' ? [[name, value] as [string, string]] : [],
            ),
            ...(request.method === 'POST' ? { body } : {}),
          })
        : refusal(fault.error);
    const text = await reply.text();
    if (fault.silent === true) return;
    const send = () => {
      response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? 'text/plain' });
      if (fault.cutAfterBytes === undefined) return void response.end(text);
      response.write(text.slice(0, fault.cutAfterBytes), () => response.destroy());
    };
    if (fault.latencyMs === undefined) return send();
    const stop = options.clock.after(fault.latencyMs, () => {
      waiting.delete(stop);
      send();
    });
    waiting.add(stop);
  }

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    if (options.beside(request, response)) return;
    // The platform answers nobody who does not say where the request comes from.
    if (request.headers.origin === undefined) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('Invalid CORS request');
      return;
    }
    if (serveFaults(request, response, { ...options, token: options.token() })) return;
    if (!['/gateway', '/gateway/graphql'].includes((request.url ?? '').split('?')[0] ?? '')) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
      return;
    }
    request.url = '/gateway';
    answer(request, response).catch(() => response.destroy());
  };
  const server = options.tls === undefined ? createServer(serve) : createHttpsServer(options.tls, serve);
  server.on('close', () => {
    for (const stop of waiting) stop();
  });
  return server;
}

async function readBody(request: IncomingMessage, most: number): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > most) return undefined;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    parts.push(part);
    bytes += part.length;
    if (bytes > most) return undefined;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The fields that a request asks for; what cannot be read asks for none, and the schema refuses it later. */
function operationsOf(body: string): readonly string[] {
  try {
    const { query } = JSON.parse(body);
    return parse(query).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? definition.selectionSet.selections.flatMap((field) =>
            field.kind === Kind.FIELD ? [field.name.value] : [],
          )
        : [],
    );
  } catch {
    return [];
  }
}

const refusal = ({ message, code, details }: NonNullable<ApiFault['error']>) =>
  Response.json({ data: null, errors: [{ message, extensions: { code, details } }] });

function sendInstead(response: ServerResponse, http: NonNullable<ApiFault['http']>): void {
  response
    .writeHead(http.status, {
      'content-type': http.type ?? 'text/html',
      ...(http.location === undefined ? {} : { location: http.location }),
    })
    .end(http.body ?? '');
}
