import type { z } from 'zod';
import type { Instance } from '../../../shared/model/instance.ts';
import { type AppError, err, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../effects.ts';
import type { Secret } from '../secret.ts';
import { readAnswerError } from './answer-error.ts';
import { readBody } from './body.ts';
import { readNetworkError } from './network-error.ts';
import { scrub } from './scrub.ts';
import { wireAnswer } from './wire-answer.ts';

export interface Question<S extends z.ZodType> {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly schema: S;
  readonly signal: AbortSignal;
  /** Changes something: without an answer its outcome is uncertain. */
  readonly writes?: boolean;
}

/** One GraphQL question, one answer; never asks twice. */
export interface Gateway {
  ask<S extends z.ZodType>(question: Question<S>): Promise<Result<z.output<S>>>;
}

export interface GatewayOptions {
  readonly instance: Instance;
  readonly token: Secret;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** For the whole answer, in milliseconds. */
  readonly timeoutMs?: number;
}

type Reply = { readonly status: number; readonly body: string; readonly complete: boolean };

const defaultTimeoutMs = 30_000;

export function createGateway(options: GatewayOptions): Gateway {
  const { instance, token, clock } = options;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const url = `${instance.origin}/gateway`;
  const host = new URL(instance.origin).host;
  const clean = (text: string) => scrub(text, [token.reveal()]);

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
          Authorization: `Bearer ${token.reveal()}`,
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
      const body = await readBody(response);
      return ok({ status: response.status, ...body });
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
    if (reply.status === 403) return { code: 'origin_refused', params, detail };
    if (reply.status === 401) return { code: 'token_refused', params, detail };
    // A gateway in front of the platform answers for it: the order may have gone through.
    if (writes && (reply.status >= 500 || !reply.complete))
      return { code: 'outcome_uncertain', params, detail };
    if (reply.status >= 500 || reply.status === 429) return { code: 'platform_error', params, detail };
    return { code: 'origin_not_platform', params, detail };
  }

  return {
    async ask(question) {
      const sent = await send(question);
      if (!sent.ok) return sent;
      const reply = sent.value;
      const answer = wireAnswer.safeParse(reply.complete ? readJson(reply.body) : undefined);
      if (!answer.success) return err(foreign(reply, question.writes ?? false));
      const first = answer.data.errors?.[0];
      if (first !== undefined) return err(readAnswerError(first, clean));
      const data = question.schema.safeParse(answer.data.data);
      if (data.success) return ok(data.data);
      const where = data.error.issues[0]?.path.join('.') ?? '';
      const detail = clean(`Unexpected answer at ${where}`);
      // The order was carried out as far as the answer tells; only its words are not understood.
      return fail(question.writes ? 'outcome_uncertain' : 'platform_error', { params: { host }, detail });
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
