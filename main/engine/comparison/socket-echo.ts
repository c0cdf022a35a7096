import { WebSocket } from 'ws';
import { spreadOf } from '../../../shared/comparison/index.ts';
import type { MeasuredRoute } from '../../../shared/model/comparison-record.ts';
import type { Clock } from '../base/effects.ts';
import { resolveService } from '../base/service-names.ts';
import { gateHeaders } from '../health/index.ts';
import { missing, type TriedRoute } from './tried-route.ts';

const pings = 12;
const openMs = 6_000;
const answerMs = 5_000;

/**
 * Opens a WebSocket and pings it. A ping is part of the protocol (RFC 6455 §5.5.2): every endpoint answers it, and
 * none does anything else for it. `refused` where the route or the service gives no upgrade.
 */
export async function measureSocket(
  route: TriedRoute,
  path: string | undefined,
  clock: Clock,
): Promise<MeasuredRoute['socket']> {
  if (path === undefined) return missing('no_work');
  for (let attempt = 0; attempt < 4 && !route.signal.aborted; attempt += 1) {
    const opened = await open(route, path, clock);
    if (opened.kind === 'cut') continue;
    if (opened.kind === 'refused') return opened;
    const times = await ping(opened.socket, clock, route.signal);
    opened.socket.terminate();
    const ms = spreadOf(times);
    if (ms !== undefined) return { kind: 'measured', ms };
  }
  return missing('failed');
}

type Opened =
  | { readonly kind: 'open'; readonly socket: WebSocket }
  | { readonly kind: 'refused'; readonly status?: number }
  | { readonly kind: 'cut' };

function open({ target, signal }: TriedRoute, path: string, clock: Clock): Promise<Opened> {
  return new Promise((resolve) => {
    const url = `${target.url.replace(/^http/, 'ws').replace(/\/$/, '')}${path}`;
    const socket = new WebSocket(url, {
      lookup: resolveService,
      ...(target.ca === undefined ? {} : { ca: target.ca }),
      handshakeTimeout: openMs,
      followRedirects: false,
      perMessageDeflate: false,
      headers: { 'user-agent': 'Gearway', ...gateHeaders(target) },
    });
    const settle = (opened: Opened) => {
      stop();
      signal.removeEventListener('abort', abort);
      if (opened.kind !== 'open') socket.terminate();
      resolve(opened);
    };
    const abort = () => settle({ kind: 'cut' });
    const stop = clock.after(openMs + 500, abort);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('error', () => settle({ kind: 'cut' }));
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      settle({ kind: 'refused', status: response.statusCode });
    });
    socket.on('open', () => settle({ kind: 'open', socket }));
  });
}

async function ping(socket: WebSocket, clock: Clock, signal: AbortSignal): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < pings && !signal.aborted; index += 1) {
    const sentAt = performance.now();
    const came = await new Promise<boolean>((resolve) => {
      const settle = (good: boolean) => {
        stop();
        socket.off('pong', answered).off('close', bad);
        resolve(good);
      };
      const answered = () => settle(true);
      const bad = () => settle(false);
      const stop = clock.after(answerMs, bad);
      socket.on('pong', answered).on('close', bad);
      socket.ping(String(index));
    });
    if (!came) break;
    times.push(performance.now() - sentAt);
  }
  return times;
}
