import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { PassThrough, type Readable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import httpProxy from 'http-proxy';
import { type Agents, createAgents } from '../agents.ts';
import { answerHeaders, routeHeader, upstreamHeaders } from '../headers.ts';
import { type Attempt, connectMs, type ForwardOptions, failureCode, firstByteMs } from './attempt.ts';

/** Carries requests to one upstream at a time, by http-proxy. Streams pass as they come. */
export interface HttpLane {
  web(request: IncomingMessage, response: ServerResponse, options: ForwardOptions): Promise<Attempt>;
  socket(request: IncomingMessage, socket: Socket, head: Buffer, options: ForwardOptions): Promise<Attempt>;
  readonly agents: Agents;
  close(): void;
}

interface Try {
  readonly options: ForwardOptions;
  readonly onRequest: (upstream: ClientRequest, socket: Socket) => void;
  readonly onAnswer: (answer: IncomingMessage) => void;
}

export function createHttpLane(): HttpLane {
  const agents = createAgents();
  const proxy = httpProxy.createProxyServer({});
  const tries = new WeakMap<object, Try>();
  // What http-proxy changes for DELETE and OPTIONS would leave a chunked body without its framing.
  proxy.on('start', (request, response) => {
    const asked = tries.get(response);
    if (asked !== undefined) request.headers = headersFor(request, asked.options);
  });
  proxy.on('proxyReq', (upstream, _request, response, _options, socket) =>
    tries.get(response)?.onRequest(upstream, socket),
  );
  proxy.on('proxyRes', (answer, _request, response) => tries.get(response)?.onAnswer(answer));
  proxy.on('proxyReqWs', (upstream, _request, socket) =>
    tries.get(socket)?.onRequest(upstream, upstream.socket as Socket),
  );
  // Every try has its own callback; an error without one belongs to a client that left.
  proxy.on('error', () => {});

  function web(
    request: IncomingMessage,
    response: ServerResponse,
    options: ForwardOptions,
  ): Promise<Attempt> {
    const { context, recording, mayGoElsewhere } = options;
    const { upstream } = context;
    return new Promise((resolve) => {
      let sending: ClientRequest | undefined;
      let watch: ConnectionWatch | undefined;
      let settled = false;
      const settle = (attempt: Attempt) => {
        if (settled) return;
        settled = true;
        unlisten();
        response.off('close', onClose);
        watch?.stop();
        resolve(attempt);
      };
      const onClose = () => {
        recording.ended('cut');
        settle({ kind: 'gone' });
      };
      const fail = (error: Error) => {
        if (response.headersSent) response.destroy();
        const unsent = watch?.stood !== true;
        settle({ kind: 'failed', code: failureCode(error), detail: codeOf(error), unsent });
      };
      const leave = () => {
        fail(lost());
        sending?.destroy();
      };
      const unlisten = mayGoElsewhere ? options.onRouteLost(leave) : () => {};
      response.once('close', onClose);
      const body = hasBody(request) ? bodyOf(request) : undefined;

      tries.set(response, {
        options,
        onRequest(made, socket) {
          sending = made;
          made.path = request.url ?? '/';
          watch = watchConnection(socket, mayGoElsewhere, () => {
            recording.connected();
            body?.stood();
          });
          carryExpectation(request, response, made);
          request.prependOnceListener('end', () => {
            if (request.rawTrailers.length > 0 && !made.writableEnded)
              made.addTrailers(pairs(request.rawTrailers));
          });
          if (settled) made.destroy();
        },
        onAnswer(answer) {
          const status = answer.statusCode ?? 502;
          if (settled) {
            answer.destroy();
            return;
          }
          if (status < 200) {
            // A switch of protocols that nobody asked for.
            fail(new Error('Unexpected answer.'));
            answer.destroy();
            return;
          }
          if (mayGoElsewhere && upstream.route === 'public' && (status === 502 || status === 503)) {
            answer.destroy();
            settle({ kind: 'refusedByEdge', status });
            return;
          }
          // A stream may be silent for longer than a first byte may take.
          sending?.setTimeout(0);
          recording.answered(status, answer.rawHeaders);
          settle({ kind: 'answered', status });
          passAnswer(answer, response, options);
        },
      });
      recording.asked(upstream.route);
      proxy.web(
        request,
        response,
        {
          target: upstream.origin,
          selfHandleResponse: true,
          toProxy: true,
          // A body cannot be sent twice: such a request takes a fresh connection, never one that may just have died.
          agent: agents.for(upstream.origin, upstream.ca, body === undefined),
          proxyTimeout: firstByteMs,
          ca: upstream.ca,
          buffer: body?.stream,
        },
        fail,
      );
      // Piping has begun: from now on a second listener sees every part and steers nothing.
      body?.watch((part) => recording.up(part));
    });
  }

  function socket(
    request: IncomingMessage,
    client: Socket,
    head: Buffer,
    options: ForwardOptions,
  ): Promise<Attempt> {
    const { context, recording, mayGoElsewhere } = options;
    const { upstream } = context;
    return new Promise((resolve) => {
      let watch: ConnectionWatch | undefined;
      let state: 'asking' | 'open' | 'over' = 'asking';
      let sending: ClientRequest | undefined;
      const settle = (attempt: Attempt) => {
        unlisten();
        client.off('close', onClose);
        watch?.stop();
        resolve(attempt);
      };
      const unlisten = mayGoElsewhere ? options.onRouteLost(() => sending?.destroy(lost())) : () => {};
      const onClose = () => {
        state = 'over';
        sending?.destroy();
        recording.ended('cut');
        settle({ kind: 'gone' });
      };
      client.once('close', onClose);
      request.headers = headersFor(request, options);
      tries.set(client, {
        options,
        onAnswer: () => {},
        onRequest(made) {
          sending = made;
          made.path = request.url ?? '/';
          made.once('socket', (far: Socket) => {
            watch = watchConnection(far, mayGoElsewhere, () => recording.connected());
          });
          made.prependOnceListener('upgrade', (answer: IncomingMessage, far: Socket) => {
            state = 'open';
            recording.answered(101, answer.rawHeaders);
            answer.headers[routeHeader] = upstream.route;
            passSocket(client, far, recording);
            settle({ kind: 'answered', status: 101 });
          });
          made.prependOnceListener('response', (answer: IncomingMessage) => {
            state = 'open';
            recording.answered(answer.statusCode ?? 502, answer.rawHeaders);
            const headers = headersObject(answerHeaders(answer.rawHeaders, context));
            for (const name of Object.keys(answer.headers)) delete answer.headers[name];
            Object.assign(answer.headers, headers, { connection: 'close' });
            answer.once('close', () => recording.ended('done'));
            settle({ kind: 'answered', status: answer.statusCode ?? 502 });
          });
        },
      });
      recording.asked(upstream.route);
      proxy.ws(
        request,
        client,
        head,
        {
          target: upstream.origin,
          toProxy: true,
          agent: agents.for(upstream.origin, upstream.ca, false),
          ca: upstream.ca,
        },
        // Errors of the connection after the upgrade come here; those before it are taken over below.
        () => client.destroySoon(),
      );
      // http-proxy would close the client at the first error, and no other route could be tried.
      sending?.removeAllListeners('error');
      sending?.on('error', (error: Error) => {
        if (state !== 'asking') {
          client.destroySoon();
          return;
        }
        state = 'over';
        settle({
          kind: 'failed',
          code: failureCode(error),
          detail: codeOf(error),
          unsent: watch?.stood !== true,
        });
      });
    });
  }

  return {
    web,
    socket,
    agents,
    close() {
      agents.close();
      proxy.removeAllListeners();
    },
  };
}

const lost = (): Error => Object.assign(new Error('The route went down.'), { code: 'EROUTEDOWN' });

/** Watches both directions of an upgraded connection; a side that is gone takes the other one with it. */
function passSocket(client: Socket, far: Socket, recording: ForwardOptions['recording']): void {
  client.setNoDelay(true);
  far.setNoDelay(true);
  // After http-proxy has put back what came with the head and has piped, before anything flows: a listener that is
  // there sooner would get those bytes alone.
  process.nextTick(() => {
    far.on('data', (part: Buffer) => recording.down(part));
    client.on('data', (part: Buffer) => recording.up(part));
  });
  far.once('close', () => client.destroySoon());
  client.once('close', () => {
    far.destroySoon();
    recording.ended('done');
  });
}

/** Hands an answer on as it comes, with its trailers; what is cut above is cut below. */
function passAnswer(
  answer: IncomingMessage,
  response: ServerResponse,
  { context, recording }: ForwardOptions,
): void {
  response.once('finish', () => recording.ended('done'));
  response.once('close', () => recording.ended('cut'));
  response.writeHead(
    answer.statusCode ?? 502,
    answer.statusMessage,
    answerHeaders(answer.rawHeaders, context),
  );
  // An event stream may stay silent for long after its head.
  response.flushHeaders();
  answer.once('end', () => {
    if (answer.rawTrailers.length > 0) response.addTrailers(pairs(answer.rawTrailers));
  });
  answer.pipe(response);
  answer.on('data', (part: Buffer) => recording.down(part));
  // A clean end would make half a download look whole.
  answer.once('aborted', () => response.destroy());
  answer.once('error', () => response.destroy());
}

/** `100 Continue` comes from the service: only it knows whether it wants the body (RFC 9110 §10.1.1). */
function carryExpectation(request: IncomingMessage, response: ServerResponse, made: ClientRequest): void {
  made.on('information', (info) => {
    if (info.statusCode !== 103 || response.headersSent || response.destroyed) return;
    response.writeEarlyHints(info.headers as Record<string, string>);
  });
  if (!/^100-continue$/i.test(rawHeader(request, 'expect') ?? '')) return;
  made.setHeader('expect', '100-continue');
  made.flushHeaders();
  made.once('continue', () => {
    if (!response.headersSent && !response.destroyed) response.writeContinue();
  });
}

function headersFor(request: IncomingMessage, { context }: ForwardOptions): IncomingMessage['headers'] {
  const headers = headersObject(upstreamHeaders(request.rawHeaders, context));
  if (rawHeader(request, 'transfer-encoding') !== undefined) headers['transfer-encoding'] = 'chunked';
  // http-proxy tells nothing of a request whose headers still say so: `carryExpectation` puts it back.
  delete headers.expect;
  const upgrade = rawHeader(request, 'upgrade');
  if (upgrade !== undefined) {
    headers.connection = 'Upgrade';
    headers.upgrade = upgrade;
  }
  // The one value that a proxy which keeps trailers may hand on (RFC 9110 §10.1.4).
  if (/\btrailers\b/i.test(rawHeader(request, 'te') ?? '')) headers.te = 'trailers';
  return headers;
}

/** From the head as it came: `request.headers` is replaced by what goes up. */
function rawHeader(request: IncomingMessage, wanted: string): string | undefined {
  const raw = request.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2)
    if (raw[index]?.toLowerCase() === wanted) return raw[index + 1];
  return undefined;
}

/** Pairs as Node's client takes them: a name that came more than once has all its values. */
function headersObject(raw: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const lower = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    const before = headers[lower];
    // Cookies in several fields are one list (RFC 9113 §8.2.3); other fields stay apart.
    if (before === undefined) headers[lower] = value;
    else if (lower === 'cookie') headers[lower] = `${String(before)}; ${value}`;
    else headers[lower] = [...(Array.isArray(before) ? before : [before]), value];
  }
  return headers;
}

const pairs = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as [string, string]] : []));

export const hasBody = (request: IncomingMessage): boolean =>
  rawHeader(request, 'transfer-encoding') !== undefined ||
  Number(rawHeader(request, 'content-length') ?? 0) > 0;

const codeOf = (error: Error): string | undefined => (error as NodeJS.ErrnoException).code;

interface ConnectionWatch {
  readonly stood: boolean;
  stop(): void;
}

/** Tells when a connection stands, TLS included, and ends one that does not come about. */
function watchConnection(socket: Socket, hurry: boolean, onStands: () => void): ConnectionWatch {
  const secure = 'encrypted' in socket ? (socket as TLSSocket) : undefined;
  const pending = socket.connecting || (secure !== undefined && secure.getProtocol() === null);
  if (!pending) {
    onStands();
    return { stood: true, stop: () => {} };
  }
  let stood = false;
  const event = secure === undefined ? 'connect' : 'secureConnect';
  const timer = setTimeout(
    () => socket.destroy(Object.assign(new Error('Not connected in time.'), { code: 'ETIMEDOUT' })),
    hurry ? connectMs.withOtherRoute : connectMs.alone,
  );
  const onStep = () => void timer.refresh();
  if (secure !== undefined) socket.once('connect', onStep);
  const onEvent = () => {
    stood = true;
    clearTimeout(timer);
    onStands();
  };
  socket.once(event, onEvent);
  return {
    get stood() {
      return stood;
    },
    stop() {
      clearTimeout(timer);
      socket.off('connect', onStep);
      if (!stood) socket.off(event, onEvent);
    },
  };
}

/** What was read of bodies before a connection stood, so that it can go elsewhere when none comes about. */
const heldParts = new WeakMap<IncomingMessage, Buffer[]>();

/**
 * The body of a request for one try. Until the connection stands, what was read is kept (the client's socket is
 * paused by then: at most a few buffers); the next try sends that first, then the rest.
 */
function bodyOf(request: IncomingMessage): {
  readonly stream: Readable | undefined;
  stood(): void;
  watch(see: (part: Buffer) => void): void;
} {
  const before = heldParts.get(request);
  const held: Buffer[] = [];
  heldParts.set(request, held);
  let keeping = true;
  let stream: PassThrough | undefined;
  if (before !== undefined && before.length > 0) {
    request.unpipe();
    stream = new PassThrough();
    for (const part of before) stream.write(part);
    request.pipe(stream);
  }
  const source: Readable = stream ?? request;
  return {
    stream,
    stood() {
      keeping = false;
      held.length = 0;
    },
    watch(see) {
      source.on('data', (part: Buffer) => {
        see(part);
        if (keeping) held.push(part);
      });
    },
  };
}
