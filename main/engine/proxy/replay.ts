import type { ReplayAnswer } from '../../../shared/model/exchange.ts';
import type { Route } from '../../../shared/model/service.ts';
import { fail, ok } from '../../../shared/result.ts';
import { failureCode } from './carrier/attempt.ts';
import { callUpstream } from './carrier/call.ts';
import { repeatable } from './carrier/carrying.ts';
import type { UpstreamPool } from './carrier/upstream-pool.ts';
import { upstreamHeaders } from './headers.ts';
import { createPreview, type Inspector, redacted, redactHeaders } from './inspector/index.ts';
import type { Serving } from './serve.ts';
import type { ProxiedService, Replays } from './types.ts';
import { fieldOf, joined } from './wire/fields.ts';

/** An answer that takes longer than this is no use beside another one. */
const deadlineMs = 60_000;
/** A stream that never ends has shown enough by then. */
const enoughMs = 10_000;
/** Far more than a page; a replay is no download. */
const mostBytes = 64 * 1024 * 1024;

export function createReplays(options: {
  readonly inspector: Inspector;
  readonly serving: Serving;
  readonly pool: UpstreamPool;
  readonly service: (id: string) => ProxiedService | undefined;
  readonly ticks: () => number;
}): Replays {
  const { inspector, serving, pool, ticks } = options;

  async function once(
    service: ProxiedService,
    route: Route,
    id: string,
    body: Buffer,
    signal: AbortSignal,
  ): Promise<ReplayAnswer | undefined> {
    const exchange = inspector.get(id);
    if (exchange === undefined) return undefined;
    const opened = await serving.upstream(service, route);
    if (!opened.ok)
      return { kind: 'failed', route, error: route === 'public' ? 'public_absent' : 'no_healthy_route' };
    const upstream = opened.value;
    const localOrigin = new URL(exchange.url).origin;
    const kept = exchange.requestHeaders
      .filter(([name, value]) => !value.includes(redacted) && !framing.has(name.toLowerCase()))
      .flat()
      .map(asBytes);
    const asker = { localOrigin, origin: undefined, fetchSite: undefined, hasAuthorization: false };
    const headers = upstreamHeaders(kept, serving.context(service, upstream, asker, true));
    const needsLength = body.length > 0 || !repeatable.has(exchange.method);
    if (needsLength) headers.push('content-length', String(body.length));
    const recording = inspector.begin(service.id, {
      method: exchange.method,
      path: asBytes(exchange.path),
      rawHeaders: kept,
      localOrigin,
      replayOf: exchange.id,
    });
    recording.asked(route);
    recording.up(body);
    const preview: { of: ReturnType<typeof createPreview> } = { of: createPreview(undefined) };
    let answered: { readonly status: number; readonly fields: readonly string[] } | undefined;
    let startedAt = 0;
    let bytes = 0;
    const end = await callUpstream(pool, {
      upstream,
      method: exchange.method,
      head: `${exchange.method} ${asBytes(exchange.path)} HTTP/1.1\r\n${joined(headers)}connection: close\r\n\r\n`,
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
      onConnected: () => recording.connected(),
      onAnswer(answer) {
        startedAt = ticks();
        answered = answer;
        recording.answered(answer.status, answer.fields);
        preview.of = createPreview(fieldOf(answer.fields, 'content-encoding'));
      },
      onData(data) {
        bytes += data.length;
        preview.of.take(data);
        recording.down(data);
        return ticks() - startedAt <= enoughMs && bytes <= mostBytes;
      },
    });
    if (answered === undefined) {
      const late = end.kind === 'failed' && end.error.name === 'TimeoutError';
      const code = end.kind !== 'failed' || late ? 'tcp_timeout' : failureCode(end.error);
      recording.ended('failed', code);
      return { kind: 'failed', route, error: code };
    }
    recording.ended(end.kind === 'done' ? 'done' : 'cut');
    const { text, encoding, truncated } = preview.of.preview();
    return {
      kind: 'answered',
      route,
      status: answered.status,
      headers: redactHeaders(answered.fields),
      body: { text, encoding, truncated },
      bytes,
      timing: recording.summary().timing,
    };
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

const framing: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** What is shown as text goes out as bytes again. */
const asBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
