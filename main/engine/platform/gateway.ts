import type { z } from 'zod';
import type { Instance } from '../../../shared/model/instance.ts';
import { type AppError, err, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { scrub } from '../base/scrub.ts';
import type { Secret } from '../base/secret.ts';
import { readAnswerError } from './answer-error.ts';
import { readBody } from './body.ts';
import { readNetworkError } from './network-error.ts';
import { readRetryAfter } from './retry-after.ts';
import { type WireError, wireAnswer } from './wire-answer.ts';

export interface Question<S extends z.ZodType> {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly schema: S;
  readonly signal: AbortSignal;
  /** Changes something: without an answer its outcome is uncertain. */
  readonly writes?: boolean;
  /** Fields that are asked for beside what is promised: one that cannot be read fails nothing else. */
  readonly optional?: readonly string[];
}

/** One GraphQL question, one answer; never asks twice. */
export interface Gateway {
  ask<S extends z.ZodType>(question: Question<S>): Promise<Result<z.output<S>>>;
  /**
   * The server's clock minus this machine's, in milliseconds, to the minute; 0 within two minutes, which is what a
   * slow answer can explain.
   */
  skewMs(): number;
  /** The last failures, newest first. */
  failures(): readonly { readonly at: number; readonly operation: string; readonly code: string }[];
}

export interface GatewayOptions {
  readonly instance: Instance;
  /** Absent for the one operation that needs none: a login. */
  readonly token?: Secret;
  /** What else must never be seen in an error: a password on its way. */
  readonly secrets?: readonly string[];
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** For the whole answer, in milliseconds. */
  readonly timeoutMs?: number;
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly complete: boolean;
  /** Where a redirect leads to. */
  readonly location: string | undefined;
  /** How long the server asks to be left alone, where it says so. */
  readonly wait: { readonly seconds?: number };
}

const defaultTimeoutMs = 30_000;
const minuteMs = 60_000;
const mostFailures = 20;

export function createGateway(options: GatewayOptions): Gateway {
  const { instance, token, clock } = options;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const url = `${instance.origin}/gateway`;
  const host = new URL(instance.origin).host;
  const secrets = [...(token === undefined ? [] : [token.reveal()]), ...(options.secrets ?? [])];
  const clean = (text: string) => scrub(text, secrets);
  let skewMs = 0;
  const failures: { readonly at: number; readonly operation: string; readonly code: string }[] = [];

  function noteDate(header: string | null) {
    const server = header === null ? Number.NaN : Date.parse(header);
    if (!Number.isFinite(server)) return;
    const difference = server - clock.now();
    skewMs = Math.abs(difference) < 2 * minuteMs ? 0 : Math.round(difference / minuteMs) * minuteMs;
  }

  /** Sends and reads within one deadline; `signal` and the deadline both end the socket. */
  async function send(question: Question<z.ZodType>): Promise<Result<Reply>> {
    const { signal, writes } = question;
    if (signal.aborted) return fail('cancelled');
    const stop = new AbortController();
    const cancel = () => stop.abort();
    signal.addEventListener('abort', cancel, { once: true });
    let late = false;
    const stopTimer = clock.after(timeoutMs, () => {
      late = true;
      stop.abort();
    });
    try {
      const response = await options.fetch(url, {
        method: 'POST',
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token.reveal()}` }),
          // Without it the platform answers 403 "Invalid CORS request" (its own client examples).
          Origin: instance.origin,
          'Content-Type': 'application/json',
          Accept: 'application/json',
        },
        body: JSON.stringify({ query: question.query, variables: question.variables ?? {} }),
        // A redirect would carry the token away; a captive portal answers with one.
        redirect: 'manual',
        signal: stop.signal,
      });
      noteDate(response.headers.get('date'));
      const body = await readBody(response);
      const location = response.headers.get('location') ?? undefined;
      const wait = readRetryAfter(response.headers.get('retry-after'), clock.now());
      return ok({ status: response.status, location, wait, ...body });
    } catch (thrown) {
      if (signal.aborted) return fail('cancelled');
      if (late) {
        const params = { host, seconds: Math.round(timeoutMs / 1000) };
        return fail(writes ? 'outcome_uncertain' : 'platform_timeout', { params });
      }
      const { error, sent } = readNetworkError(thrown, host);
      return writes && sent
        ? fail('outcome_uncertain', { params: { host }, detail: error.detail })
        : err(error);
    } finally {
      stopTimer();
      signal.removeEventListener('abort', cancel);
    }
  }

  /** What an answer means that is no GraphQL. */
  function foreign(reply: Reply, writes: boolean): AppError {
    const detail = clean(`HTTP ${reply.status} ${reply.body.slice(0, 200)}`);
    const params = { host, status: reply.status };
    if (isPortal(reply, url)) return { code: 'captive_portal', params: { host }, detail };
    if (reply.status === 403) {
      return { code: reply.body.trim() === '' ? 'refused_silently' : 'origin_refused', params, detail };
    }
    if (reply.status === 401) return { code: 'token_refused', params, detail };
    // A gateway in front of the platform answers for it: the order may have gone through.
    if (writes && (reply.status >= 500 || !reply.complete))
      return { code: 'outcome_uncertain', params, detail };
    if (!reply.complete) return { code: 'answer_incomplete', params, detail };
    if (reply.status === 429) return { code: 'platform_busy', params: { host, ...reply.wait }, detail };
    if (reply.status >= 500) return { code: 'platform_down', params, detail };
    return { code: 'origin_not_platform', params, detail };
  }

  async function ask<S extends z.ZodType>(question: Question<S>): Promise<Result<z.output<S>>> {
    const sent = await send(question);
    if (!sent.ok) return sent;
    const reply = sent.value;
    const answer = wireAnswer.safeParse(reply.complete ? readJson(reply.body) : undefined);
    if (!answer.success) return err(foreign(reply, question.writes ?? false));
    const errors = answer.data.errors ?? [];
    const optional = (error: WireError) => question.optional?.find((field) => error.path?.includes(field));
    const first = errors.find((error) => optional(error) === undefined);
    if (first !== undefined) {
      const error = readAnswerError(first, reply.status, clean);
      return err(error.code === 'platform_busy' ? { ...error, params: { host, ...reply.wait } } : error);
    }
    const data = question.schema.safeParse(answer.data.data);
    if (data.success) return ok(data.data);
    // What could not be read took all around it along: it is left out in the next question.
    if (errors[0] !== undefined)
      return err({ ...readAnswerError(errors[0], reply.status, clean), field: optional(errors[0]) });
    const where = data.error.issues[0]?.path.join('.') ?? '';
    const detail = clean(`Unexpected answer at ${where}`);
    // The order was carried out as far as the answer tells; only its words are not understood.
    return fail(question.writes ? 'outcome_uncertain' : 'platform_error', { params: { host }, detail });
  }

  return {
    async ask(question) {
      const answer = await ask(question);
      if (!answer.ok && answer.error.code !== 'cancelled') {
        const operation = /^\s*(?:query|mutation)\s+(\w+)/.exec(question.query)?.[1] ?? '?';
        failures.unshift({ at: clock.now(), operation, code: answer.error.code });
        failures.length = Math.min(failures.length, mostFailures);
      }
      return answer;
    },
    skewMs: () => skewMs,
    failures: () => [...failures],
  };
}

/** A network that wants a login first answers in the platform's place (RFC 6585, section 6) or leads elsewhere. */
function isPortal(reply: Reply, url: string): boolean {
  if (reply.status === 511) return true;
  if (reply.status < 300 || reply.status > 399 || reply.location === undefined) return false;
  const target = URL.canParse(reply.location, url) ? new URL(reply.location, url) : undefined;
  return target !== undefined && target.host !== new URL(url).host;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
