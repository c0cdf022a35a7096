import type { Socket } from 'node:net';
import type { HeaderPair } from '../../../../shared/model/exchange.ts';
import { type HeaderContext, upstreamHeaders } from '../headers.ts';
import { type Inspector, type Recording, redactHeaders } from '../inspector/index.ts';
import type { Asker, Serving } from '../serve.ts';
import { tlsFirstByte } from '../tls-door.ts';
import type { ProxiedService } from '../types.ts';
import { joined } from './heads.ts';
import { PlainExchange } from './plain-exchange.ts';
import { asksToClose, readPlainFields, readPlainRequest } from './plain-request.ts';
import type { UpstreamPool } from './upstream-pool.ts';

/**
 * Carries plain questions (`GET` and `HEAD` without a body, one at a time) on raw sockets, where only heads are parsed
 * and bodies pass untouched. Whatever is not plain, and whatever goes wrong before an answer began, is handed to the
 * HTTP lane together with the connection: the bytes are put back and nothing was answered yet. So this lane needs
 * neither pages nor second tries.
 */
interface PlainLane {
  /** Takes a fresh connection; `take` gives it to the HTTP lane, for good. */
  serve(socket: Socket, door: Door): void;
  /** What one service's exchange was recorded in when it was handed over: the HTTP lane goes on with it. */
  continued(socket: Socket): Recording | undefined;
}

/** Where a connection came in, and where it goes when it is not for this lane. */
export interface Door {
  /** Gives it to the HTTP lane, for good. */
  readonly take: (socket: Socket) => void;
  /** It began with TLS: gives it to whoever speaks that; absent where nobody does. */
  readonly secure?: (socket: Socket) => void;
  /** The service that a host means here. */
  readonly service: (host: string) => ProxiedService | undefined;
}

export function createPlainLane(options: {
  readonly inspector: Inspector;
  readonly serving: Serving;
  readonly pool: UpstreamPool;
  /** Changes with everything that heads depend on. */
  readonly generation: () => number;
  readonly idleMs: number;
}): PlainLane {
  const { inspector, serving, pool } = options;
  const handedOver = new WeakMap<Socket, Recording>();

  /** What the same header fields mean, as long as nothing changes: browsers and programs repeat them. */
  interface Plan {
    readonly rest: string;
    readonly generation: number;
    readonly service: ProxiedService;
    readonly localOrigin: string;
    readonly fields: readonly string[];
    readonly shown: readonly HeaderPair[];
    readonly asker: Asker;
    readonly isLast: boolean;
    context: HeaderContext | undefined;
    fieldsUp: string;
  }

  function planOf(rest: string, secure: boolean, door: Door): Plan | undefined {
    const fields = readPlainFields(rest);
    if (fields === undefined) return undefined;
    let host = '';
    let origin: string | undefined;
    let fetchSite: string | undefined;
    for (let index = 0; index + 1 < fields.length; index += 2) {
      const lower = (fields[index] ?? '').toLowerCase();
      if (lower === 'host') host = (fields[index + 1] ?? '').toLowerCase();
      else if (lower === 'origin') origin = fields[index + 1];
      else if (lower === 'sec-fetch-site') fetchSite = fields[index + 1];
    }
    const service = door.service(host);
    if (service === undefined) return undefined;
    const localOrigin = `${secure ? 'https' : 'http'}://${host}`;
    return {
      rest,
      generation: options.generation(),
      service,
      localOrigin,
      fields,
      shown: redactHeaders(fields),
      asker: { localOrigin, origin, fetchSite },
      isLast: asksToClose(fields),
      context: undefined,
      fieldsUp: '',
    };
  }

  function serve(client: Socket, door: Door): void {
    const secure = 'encrypted' in client;
    let plan: Plan | undefined;
    let exchange: PlainExchange | undefined;
    /** What came while an exchange was under way: the next question, usually. */
    let held: Buffer | undefined;

    const letGo = () => {
      client.off('data', onData);
      client.off('end', onEnd);
      client.off('close', onClose);
      client.off('drain', onDrain);
      client.off('timeout', onTimeout);
      client.off('error', onError);
      client.setTimeout(0);
    };
    const handOver = (bytes: Buffer, recording?: Recording, take = door.take) => {
      letGo();
      exchange = undefined;
      if (client.destroyed) {
        recording?.ended('cut');
        return;
      }
      if (recording !== undefined) handedOver.set(client, recording);
      client.pause();
      client.unshift(held === undefined ? bytes : Buffer.concat([bytes, held]));
      take(client);
      // TLS reads for itself, and begins a little later.
      if (take === door.take) client.resume();
    };

    const onData = (chunk: Buffer) => {
      if (exchange !== undefined) {
        held = held === undefined ? chunk : Buffer.concat([held, chunk]);
        client.pause();
        return;
      }
      if (chunk[0] === tlsFirstByte && door.secure !== undefined) {
        handOver(chunk, undefined, door.secure);
        return;
      }
      const request = readPlainRequest(chunk);
      if (request === undefined) {
        handOver(chunk);
        return;
      }
      if (plan?.rest !== request.rest || plan.generation !== options.generation())
        plan = planOf(request.rest, secure, door);
      const upstream = plan === undefined ? undefined : serving.firstNow(plan.service);
      if (plan === undefined || upstream === undefined) {
        handOver(chunk);
        return;
      }
      if (
        plan.context?.upstream.origin !== upstream.origin ||
        plan.context.upstream.route !== upstream.route
      ) {
        plan.context = serving.context(plan.service, upstream, plan.asker);
        plan.fieldsUp = joined(upstreamHeaders(plan.fields, plan.context));
      }
      const recording = inspector.begin(
        plan.service.id,
        { method: request.method, path: request.path, rawHeaders: noFields, localOrigin: plan.localOrigin },
        plan.shown,
      );
      exchange = new PlainExchange({
        pool,
        serving,
        client,
        method: request.method,
        head: `${request.method} ${request.path} HTTP/1.1\r\n${plan.fieldsUp}\r\n`,
        isLast: plan.isLast,
        service: plan.service,
        context: plan.context,
        recording,
        onDone(keep: boolean) {
          exchange = undefined;
          if (!keep) {
            letGo();
            client.on('error', onError);
            // A client that reads on is waited for, one that forgot is not.
            client.setTimeout(options.idleMs, () => client.destroy());
            client.end();
            return;
          }
          if (held === undefined) return;
          const next = held;
          held = undefined;
          client.resume();
          onData(next);
        },
        onFailed: () => handOver(chunk, recording),
      });
      exchange.start();
    };
    // A client that closes says only that it sends no more; nobody waits for answers after that.
    const onEnd = () => {
      exchange?.leave();
      exchange = undefined;
      client.destroySoon();
    };
    const onClose = () => {
      exchange?.leave();
      exchange = undefined;
    };
    const onDrain = () => exchange?.resume();
    const onTimeout = () => {
      if (exchange === undefined) client.destroy();
    };
    const onError = () => client.destroy();

    client.setTimeout(options.idleMs);
    client.on('data', onData);
    client.on('end', onEnd);
    client.on('close', onClose);
    client.on('drain', onDrain);
    client.on('timeout', onTimeout);
    client.on('error', onError);
  }

  return {
    serve,
    continued(socket) {
      const recording = handedOver.get(socket);
      handedOver.delete(socket);
      return recording;
    },
  };
}

const noFields: readonly string[] = [];
