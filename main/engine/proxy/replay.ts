import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ReplayAnswer } from '../../../shared/model/exchange.ts';
import type { Route } from '../../../shared/model/service.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Agents } from './agents.ts';
import { upstreamHeaders } from './headers.ts';
import { createPreview, type Inspector, redacted, redactHeaders } from './inspector/index.ts';
import { failureCode } from './lanes/attempt.ts';
import { repeatable, type Serving } from './serve.ts';
import type { ProxiedService } from './types.ts';

interface ReplayWish {
  readonly id: string;
  /** `both`: over each route in turn, so that the answers can be laid side by side. */
  readonly routes: 'same' | 'both';
  /** The person knows that the request may change something. */
  readonly confirmed: boolean;
}

/** Sends remembered requests again. */
export interface Replays {
  /**
   * `exchange_not_found`; `replay_unconfirmed` for a method that may change something; `replay_body_unknown` where the
   * body was not kept; `replay_socket` for a WebSocket. Secrets that were taken out stay out.
   */
  send(wish: ReplayWish, signal: AbortSignal): Promise<Result<{ readonly answers: readonly ReplayAnswer[] }>>;
}

/** An answer that takes longer than this is no use beside another one. */
const deadlineMs = 60_000;

export function createReplays(options: {
  readonly inspector: Inspector;
  readonly serving: Serving;
  readonly agents: Agents;
  readonly service: (id: string) => ProxiedService | undefined;
  readonly ticks: () => number;
}): Replays {
  const { inspector, serving, agents, ticks } = options;

  async function once(
    service: ProxiedService,
    route: Route,
    id: string,
    body: Buffer,
    signal: AbortSignal,
  ): Promise<ReplayAnswer | undefined> {
    const exchange = inspector.get(id);
    if (exchange === undefined) return undefined;
    const upstream = await serving.upstream(service, route);
    if (upstream === undefined)
      return { kind: 'failed', route, error: route === 'public' ? 'public_absent' : 'no_healthy_route' };
    const localOrigin = new URL(exchange.url).origin;
    const kept = exchange.requestHeaders
      .filter(([name, value]) => !value.includes(redacted) && !framing.has(name.toLowerCase()))
      .flat();
    const headers = upstreamHeaders(
      kept,
      serving.context(service, upstream, { localOrigin, origin: undefined, fetchSite: undefined }),
    );
    if (body.length > 0) headers.push('content-length', String(body.length));
    const recording = inspector.begin(service.id, {
      method: exchange.method,
      path: exchange.path,
      rawHeaders: kept,
      localOrigin,
      replayOf: exchange.id,
    });
    recording.asked(route);
    const send = upstream.origin.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve) => {
      const finish = (answer: ReplayAnswer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      const { hostname, port } = new URL(upstream.origin);
      const asked = send({
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        method: exchange.method,
        path: exchange.path,
        headers: headers as unknown as Record<string, string>,
        agent: agents.for(upstream.origin, upstream.ca, false),
        ca: upstream.ca,
        signal,
      });
      const timer = setTimeout(
        () => asked.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })),
        deadlineMs,
      );
      asked.on('socket', (socket) => {
        socket.once('connect', () => recording.connected());
        socket.once('secureConnect', () => recording.connected());
      });
      asked.on('error', (error) => {
        const code = failureCode(error);
        recording.ended('failed', code);
        finish({ kind: 'failed', route, error: code });
      });
      asked.on('response', (answer) => {
        const startedAt = ticks();
        recording.answered(answer.statusCode ?? 0, answer.rawHeaders);
        const preview = createPreview(answer.headers['content-encoding']);
        let bytes = 0;
        const done = (state: 'done' | 'cut') => {
          recording.ended(state);
          const { text, encoding, truncated } = preview.preview();
          finish({
            kind: 'answered',
            route,
            status: answer.statusCode ?? 0,
            headers: redactHeaders(answer.rawHeaders),
            body: { text, encoding, truncated },
            bytes,
            timing: recording.summary().timing,
          });
        };
        answer.on('data', (part: Buffer) => {
          bytes += part.length;
          preview.take(part);
          recording.down(part);
          // A stream that never ends has shown enough by then.
          if (ticks() - startedAt > 10_000 || bytes > mostBytes) {
            done('cut');
            asked.destroy();
          }
        });
        answer.on('end', () => done('done'));
        answer.on('error', () => done('cut'));
      });
      recording.up(body);
      asked.end(body);
    });
  }

  return {
    async send({ id, routes, confirmed }, signal) {
      const recording = inspector.recording(id);
      const exchange = recording?.whole();
      const service = exchange === undefined ? undefined : options.service(exchange.serviceId);
      if (recording === undefined || exchange === undefined || service === undefined)
        return fail('exchange_not_found');
      if (exchange.kind === 'websocket') return fail('replay_socket');
      if (!repeatable.has(exchange.method) && !confirmed) return fail('replay_unconfirmed');
      const body = recording.requestBytes();
      if (body === undefined) return fail('replay_body_unknown');
      // A request that reached no route is tried over the one that works now.
      const usual: Route = service.health.tunnel.state === 'up' ? 'tunnel' : 'public';
      const wanted: readonly Route[] = routes === 'both' ? ['public', 'tunnel'] : [exchange.route ?? usual];
      const answers: ReplayAnswer[] = [];
      for (const route of wanted) {
        const answer = await once(service, route, id, body, signal);
        if (signal.aborted) return fail('cancelled');
        if (answer !== undefined) answers.push(answer);
      }
      return ok({ answers });
    },
  };
}

/** Far more than a page; a replay is no download. */
const mostBytes = 64 * 1024 * 1024;

const framing: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'expect']);
