import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { readModels, sentenceOf } from '../../../shared/llm/index.ts';
import type { LanguageModel } from '../../../shared/model/llm.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import { scrub } from '../base/scrub.ts';
import type { Secret } from '../base/secret.ts';
import { resolveService } from '../base/service-names.ts';

/** Where a server is reached: the origin of a route or of the stable local address. */
export interface LlmTarget {
  readonly url: string;
  /** PEM of the authority that signed its certificate, where the system does not know it. */
  readonly ca?: string;
  readonly key?: Secret;
  /** Where a gate stands in front of it. */
  readonly gateKey?: Secret;
}

/** A model may load, or read a long prompt, before it says anything. In milliseconds. */
const silentMs = 120_000;
const mostErrorBytes = 65_536;
const mostListBytes = 2_000_000;

/**
 * One request; the answer is given as soon as it begins. `llm_unreachable`, `llm_silent` {seconds}, `cancelled`, and for
 * what the server refuses `llm_key_needed`, `llm_key_refused`, `llm_not_compatible`, `llm_refused` {status}.
 */
export function ask(
  target: LlmTarget,
  wanted: {
    readonly path: string;
    readonly body?: object;
    readonly signal: AbortSignal;
    readonly timeoutMs?: number;
  },
): Promise<Result<IncomingMessage>> {
  const url = new URL(target.url);
  const body = wanted.body === undefined ? undefined : JSON.stringify(wanted.body);
  const isTls = url.protocol === 'https:';
  const timeoutMs = wanted.timeoutMs ?? silentMs;
  return new Promise((resolve) => {
    const sent = (isTls ? httpsRequest : httpRequest)({
      host: url.hostname,
      port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
      path: wanted.path,
      method: body === undefined ? 'GET' : 'POST',
      agent: false,
      lookup: resolveService,
      ca: target.ca,
      signal: wanted.signal,
      headers: {
        host: url.host,
        accept: 'application/json, text/event-stream',
        'user-agent': 'Gearway',
        ...(target.gateKey === undefined ? {} : { 'x-gearway-key': target.gateKey.reveal() }),
        ...(target.key === undefined ? {} : { authorization: `Bearer ${target.key.reveal()}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    });
    // Each byte that comes begins the time anew: a slow answer is no silent one.
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error('silent')));
    sent.setNoDelay(true);
    sent.on('error', (error) => {
      if (wanted.signal.aborted) resolve(fail('cancelled'));
      else if (error.message === 'silent')
        resolve(fail('llm_silent', { params: { seconds: Math.round(timeoutMs / 1000) } }));
      else resolve(fail('llm_unreachable', { detail: error.message.slice(0, 200) }));
    });
    sent.on('response', (response) => {
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        resolve(ok(response));
        return;
      }
      void readText(response, mostErrorBytes).then((said) =>
        resolve(refusal(status, target.key, said ?? '')),
      );
    });
    sent.end(body);
  });
}

/** A refusal in the server's own words where it has any: only a missing key and a missing page have words of ours. */
function refusal(status: number, key: Secret | undefined, body: string) {
  const json = readJson(body);
  const words = tidy((json === undefined ? plainWords(body) : sentenceOf(json)) ?? '', key);
  const detail = words === '' ? `HTTP ${status}` : words;
  // A quota, a region or a host name is refused with 403 too: only words about a key, or 401, are about the key.
  if (status === 401 || (status === 403 && aboutKey.test(words)))
    return fail(key !== undefined ? 'llm_key_refused' : 'llm_key_needed', { detail });
  const isPage =
    json === undefined || /^(?:not found|method not allowed|no route|cannot (?:get|post)\b)/i.test(words);
  if ((status === 404 || status === 405) && (isPage || words === ''))
    return fail('llm_not_compatible', { detail: `HTTP ${status}` });
  const params: AppError['params'] = words === '' ? { status } : { status, said: words };
  return fail('llm_refused', { params, detail });
}

const aboutKey =
  /\b(?:api[ _-]?key|token|credentials?|authenticat\w*|authoriz\w*|unauthori[sz]ed|bearer|log ?in)\b/i;

/** A line of plain text is the server's sentence; a page is not. */
const plainWords = (body: string): string => (/^\s*</.test(body) ? '' : body);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Cut, one line, and without the key, which some servers repeat: it comes from elsewhere. */
export const tidy = (said: string, key: Secret | undefined): string =>
  scrub(said, key === undefined ? [] : [key.reveal()])
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 300);

/** The whole text of an answer; `undefined` when it is cut off or too large. */
async function readText(response: IncomingMessage, most: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Models of a server. The errors of `ask`; `llm_not_compatible` where the answer is no list. */
export async function listModels(
  target: LlmTarget,
  signal: AbortSignal,
): Promise<Result<readonly LanguageModel[]>> {
  const answer = await ask(target, { path: '/v1/models', signal, timeoutMs: 15_000 });
  if (!answer.ok) return answer;
  const text = await readText(answer.value, mostListBytes);
  const models = text === undefined ? undefined : readModels(text);
  return models === undefined ? fail('llm_not_compatible') : ok(models);
}
