import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import httpProxy from 'http-proxy';
import { type Agents, createAgents } from '../agents.ts';
import { type Attempt, codeOf, type ForwardOptions, failureCode, firstByteMs, routeLost } from './attempt.ts';
import { type ConnectionWatch, watchConnection } from './connection-watch.ts';
import { bodyOf } from './held-body.ts';
import { carryExpectation, passAnswer } from './pass-answer.ts';
import { hasBody, headersFor, pairs } from './request-headers.ts';

/** Carries requests to one upstream at a time, by http-proxy. Streams pass as they come. */
export interface HttpLane {
  web(request: IncomingMessage, response: ServerResponse, options: ForwardOptions): Promise<Attempt>;
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
        fail(routeLost());
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

  return {
    web,
    agents,
    close() {
      agents.close();
      proxy.removeAllListeners();
    },
  };
}
