import { randomUUID } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import type { Facts } from '../../../shared/model/service.ts';
import { isEdgeNotFound } from '../../../shared/probe/index.ts';
import type { AppError } from '../../../shared/result.ts';
import type { Secret } from '../base/secret.ts';
import { askUpgrade } from './ask-upgrade.ts';
import { connectTimed, tlsFactsOf, UntrustedCertificate } from './connect.ts';
import { withDeadline } from './deadline.ts';
import { type Answer, getOnce, titleOf } from './get-once.ts';
import { networkFailure } from './network-failure.ts';
import { loadsInsecurely, shapeOf } from './shape.ts';
import { startStopwatch } from './stopwatch.ts';

export interface PublicTarget {
  /** The origin of the mapping, `https://demo-web.gear.example`. */
  readonly url: string;
  readonly ca?: string;
  /** This person's own key, where a gate stands in front of the service: what is asked is the service. */
  readonly gateKey?: Secret;
}

/** The same address to somebody without a key. */
export const asStranger = ({ url, ca }: PublicTarget): PublicTarget => ({ url, ca });

/** By which a gate knows this person; a gate never hands it on to its service. */
export const gateHeaders = ({ gateKey }: Pick<PublicTarget, 'gateKey'>): Readonly<Record<string, string>> =>
  gateKey === undefined ? {} : { 'x-gearway-key': gateKey.reveal() };

/** For one question; a service that is slower is busy, and left alone. */
export const probeDeadlineMs = 5_000;

export interface ProbeOptions {
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  /** Ask about WebSocket too; a second question, so not each time. */
  readonly upgrade?: boolean;
}

/**
 * Asks a public address once: name, TCP, TLS, first byte, HTTP, each with its time. Any answer of the service itself
 * counts as reached, a login page and a 404 too; what the edge says instead of it does not. Always settles.
 */
export async function probePublic(target: PublicTarget, options: ProbeOptions): Promise<Facts> {
  const url = new URL(target.url);
  const tls = url.protocol === 'https:';
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  const where = { host: url.hostname, port };
  const timeoutMs = options.timeoutMs ?? probeDeadlineMs;
  const deadline = withDeadline(options.signal, timeoutMs);
  const watch = startStopwatch(options.now, 'name');
  try {
    const socket = await connectTimed({ ...where, tls, ca: target.ca }, watch, deadline.signal);
    const certificate = socket instanceof TLSSocket ? tlsFactsOf(socket) : undefined;
    let firstByteMs: number | undefined;
    watch.begin('firstByte');
    const answer = await getOnce(socket, {
      host: url.host,
      path: '/',
      headers: gateHeaders(target),
      signal: deadline.signal,
      onFirstByte: () => {
        firstByteMs = watch.elapsed();
        watch.done();
        watch.begin('http');
      },
    });
    const isUnknown =
      isEdgeNotFound(answer) &&
      (await isSameElsewhere(answer, { ...where, tls, ...target }, url.host, deadline.signal));
    const error = edgeFailure(answer, isUnknown, where.host);
    const seen = { firstByteMs, status: answer.status, shape: shapeOf(answer), tls: certificate };
    if (error !== undefined) return { ...watch.failed(error), ...seen };
    watch.done();
    const facts = watch.facts({
      ...seen,
      title: titleOf(answer.body),
      ...(tls && loadsInsecurely(answer.body) ? { insecureAssets: true } : {}),
    });
    if (options.upgrade !== true) return facts;
    return {
      ...facts,
      upgrade: await upgradeOf({ ...where, tls, ...target }, url.host, deadline.signal),
    };
  } catch (error) {
    if (error instanceof UntrustedCertificate)
      return {
        ...watch.failed({
          code: 'tls_failed',
          params: { ...where, issuer: error.tls.issuer },
          detail: error.tls.fault,
        }),
        tls: error.tls,
      };
    if (!deadline.timedOut()) return watch.failed(networkFailure(error, watch.step, where));
    const seconds = Math.round(timeoutMs / 1000);
    const code =
      watch.step === 'name' ? 'name_unresolved' : watch.step === 'tcp' ? 'tcp_timeout' : 'public_timeout';
    return watch.failed({ code, params: { ...where, seconds } });
  } finally {
    deadline.end();
  }
}

type GuardedPlace = Parameters<typeof connectTimed>[0] & Pick<PublicTarget, 'gateKey'>;

/** A route that carries pages and fails here is not down: nothing is said then. */
export async function upgradeOf(
  to: GuardedPlace,
  host: string,
  signal: AbortSignal,
): Promise<Facts['upgrade']> {
  const watch = startStopwatch(() => 0, 'tcp');
  try {
    return await askUpgrade(await connectTimed(to, watch, signal), {
      host,
      headers: gateHeaders(to),
      signal,
    });
  } catch {
    return undefined;
  }
}

/** Does a path that nobody made answer the same? One that cannot be asked does not differ. */
async function isSameElsewhere(
  answer: Answer,
  to: GuardedPlace,
  host: string,
  signal: AbortSignal,
): Promise<boolean> {
  const watch = startStopwatch(() => 0, 'tcp');
  try {
    const path = `/${randomUUID()}`;
    const socket = await connectTimed(to, watch, signal);
    const other = await getOnce(socket, {
      host,
      path,
      headers: gateHeaders(to),
      signal,
      onFirstByte: () => {},
    });
    return other.status === answer.status && other.body === answer.body;
  } catch {
    return true;
  }
}

/**
 * What the edge answers in place of the service. A 502 or 503 is its word for *nothing listens on the outer address*
 * (the platform's page on port mapping); 504 and 524 are its time limits. A 404 is the edge's only where it gives an
 * edge's page at every path: many servers have nothing at `/` and say so with a 404 of their own.
 */
function edgeFailure({ status }: Answer, isUnknown: boolean, host: string): AppError | undefined {
  if (isUnknown) return { code: 'public_not_found', params: { host } };
  if (status === 502 || status === 503) return { code: 'public_bad_gateway', params: { host, status } };
  if (status === 504 || status === 524) return { code: 'public_timeout', params: { host, status } };
  if (status >= 500) return { code: 'public_error_status', params: { host, status } };
  return undefined;
}
