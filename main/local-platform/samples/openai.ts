import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { readJson, sendJson } from './json.ts';

/** How fast a sample model is. All of it can be changed while it runs: `PUT /speed` with some of these. */
interface ModelSpeed {
  /** From the request to the first token, in milliseconds, for a prompt without length. */
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
  /** Tokens of a prompt that are read in a second; 0 reads it at once. */
  readonly promptTokensPerSecond: number;
  /** Requests that are answered at full speed side by side; more share it. 0 is without end. */
  readonly slots: number;
}

interface SampleModel {
  readonly id: string;
  /** Who owns it, as the program says that it plays. */
  readonly owner: string;
  readonly contextLength: number;
  readonly apiKey?: string;
  /** Paths that ask for the key where there is one; those of the protocol where absent. */
  readonly guards?: (path: string) => boolean;
  readonly speed: ModelSpeed;
}

/** About thirty tokens a second, as a small model gives. */
export const usualSpeed: ModelSpeed = {
  firstTokenMs: 120,
  tokensPerSecond: 30,
  promptTokensPerSecond: 4_000,
  slots: 8,
};

const usual: SampleModel = {
  id: 'gearway-sample-1',
  owner: 'gearway-sample',
  contextLength: 8_192,
  speed: usualSpeed,
};
const mostTokens = 4_096;

/** What other paths answer; `true` when it did. Paths of a look-alike stand beside those of the protocol. */
export type OtherPaths = (path: string, request: IncomingMessage, response: ServerResponse) => boolean;

/** An OpenAI-compatible server that needs no GPU: it says the question back, a word at a time, at a speed that is set. */
export function openAi(model: SampleModel = usual, others: OtherPaths = frontPage): Server {
  let speed = model.speed;
  let active = 0;

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const isGuarded = model.guards?.(path) ?? path.startsWith('/v1');
    if (isGuarded && model.apiKey !== undefined && !hasKey(request, model.apiKey)) {
      sendJson(response, 401, { error: 'Unauthorized' });
      return;
    }
    if (path === '/v1/models') sendJson(response, 200, { object: 'list', data: [card(model)] });
    else if (path === '/v1/chat/completions' && request.method === 'POST') {
      active += 1;
      response.on('close', () => {
        active -= 1;
      });
      await chat(request, response, model, () => sharedSpeed(speed, active));
    } else if (path === '/speed' && request.method === 'PUT') {
      speed = { ...speed, ...readSpeed(await readJson(request)) };
      sendJson(response, 200, speed);
    } else if (path === '/speed') sendJson(response, 200, speed);
    else if (!others(path, request, response)) problem(response, 404, `No such path: ${path}`);
  };

  return createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
}

const frontPage: OtherPaths = (path, _request, response) => {
  if (path === '/health') response.writeHead(200).end();
  else if (path === '/')
    sendJson(response, 200, { message: 'An OpenAI-compatible sample. Models are at /v1/models.' });
  else return false;
  return true;
};

const card = (model: SampleModel) => ({
  id: model.id,
  object: 'model',
  created: 1_700_000_000,
  owned_by: model.owner,
  root: model.id,
  parent: null,
  max_model_len: model.contextLength,
});

const hasKey = (request: IncomingMessage, key: string): boolean =>
  request.headers.authorization === `Bearer ${key}`;

const problem = (response: ServerResponse, status: number, message: string) =>
  sendJson(response, status, {
    error: { message, type: 'invalid_request_error', param: null, code: status },
  });

const sharedSpeed = (speed: ModelSpeed, active: number): ModelSpeed =>
  speed.slots > 0 && active > speed.slots
    ? { ...speed, tokensPerSecond: (speed.tokensPerSecond * speed.slots) / active }
    : speed;

function readSpeed(body: Readonly<Record<string, unknown>> | undefined): Partial<ModelSpeed> {
  const names = ['firstTokenMs', 'tokensPerSecond', 'promptTokensPerSecond', 'slots'] as const;
  const entries = names.flatMap((name) => {
    const value = body?.[name];
    const isFine =
      typeof value === 'number' && value >= (name === 'tokensPerSecond' ? 0.1 : 0) && value <= 100_000;
    return isFine ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

async function chat(
  request: IncomingMessage,
  response: ServerResponse,
  model: SampleModel,
  speed: () => ModelSpeed,
): Promise<void> {
  const begun = performance.now();
  const body = await readJson(request);
  if (body === undefined || !Array.isArray(body.messages)) {
    problem(response, 400, 'The request is no JSON, has no messages or is too large.');
    return;
  }
  const promptTokens = Math.max(1, Math.ceil(JSON.stringify(body.messages).length / 4));
  if (promptTokens > model.contextLength) {
    problem(response, 400, `The prompt has ${promptTokens} tokens; ${model.contextLength} fit.`);
    return;
  }
  const words = answerTo(body);
  const base = {
    id: `chatcmpl-${Date.now().toString(36)}`,
    created: Math.floor(Date.now() / 1000),
    model: model.id,
  };
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: words.length,
    total_tokens: promptTokens + words.length,
  };
  const { firstTokenMs, promptTokensPerSecond } = speed();
  const readMs = promptTokensPerSecond > 0 ? (promptTokens / promptTokensPerSecond) * 1000 : 0;
  /** When the next token is due. A late one does not delay those after it, so that the speed is what was set. */
  let due = begun + firstTokenMs + readMs;
  const nextToken = async () => {
    const wait = due - performance.now();
    if (wait > 1) await pause(wait);
    due += 1000 / speed().tokensPerSecond;
    return !response.destroyed;
  };

  if (body.stream !== true) {
    for (const _word of words) if (!(await nextToken())) return;
    const message = { role: 'assistant', content: words.join('') };
    sendJson(response, 200, {
      ...base,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage,
    });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
  const send = (part: object) =>
    response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', ...part })}\n\n`);
  const choice = (delta: object, finish: string | null) => ({
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  for (const [index, word] of words.entries()) {
    if (!(await nextToken())) return;
    send(choice(index === 0 ? { role: 'assistant', content: word } : { content: word }, null));
  }
  send(choice({}, 'stop'));
  const options = body.stream_options as { readonly include_usage?: unknown } | undefined;
  if (options?.include_usage === true) send({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}

/** The words of an answer. Asked for a number of tokens, it gives exactly as many. */
function answerTo(body: Readonly<Record<string, unknown>>): readonly string[] {
  const messages = body.messages as readonly unknown[];
  const last = messages.at(-1) as { readonly content?: unknown } | undefined;
  const asked = typeof last?.content === 'string' ? last.content.slice(0, 400) : '';
  const said = `You said: ${asked}\n\nI am a sample without a model, so this is all that I know. **It streams** a word at a time:\n\n\`\`\`python\nprint("hello")\n\`\`\`\n`;
  const words = said.match(/\s*\S+\s*/g) ?? [];
  const most = [body.max_completion_tokens, body.max_tokens].find((value) => typeof value === 'number');
  if (typeof most !== 'number' || most < 1) return words;
  const count = Math.min(Math.floor(most), mostTokens);
  return Array.from({ length: count }, (_, index) => words[index % words.length] ?? 'word ');
}
