import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

const model = 'gearway-sample-1';
const owner = 'gearway-sample';
/** Between two tokens, in milliseconds: about thirty a second, as a small model gives. */
const tokenMs = 33;
const mostBodyBytes = 1_000_000;

/** An OpenAI-compatible server that needs no GPU: it says the question back, a word at a time. */
export const openAi = (): Server =>
  createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    if (path === '/health') response.writeHead(200).end();
    else if (path === '/version') json(response, 200, { version: '1.0.0' });
    else if (path === '/v1/models')
      json(response, 200, {
        object: 'list',
        data: [{ id: model, object: 'model', created: 1_700_000_000, owned_by: owner, max_model_len: 8_192 }],
      });
    else if (path === '/v1/chat/completions' && request.method === 'POST') void chat(request, response);
    else if (path === '/')
      json(response, 200, { message: 'An OpenAI-compatible sample. Models are at /v1/models.' });
    else problem(response, 404, `No such path: ${path}`);
  });

const json = (response: ServerResponse, status: number, value: object) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const problem = (response: ServerResponse, status: number, message: string) =>
  json(response, status, {
    error: { message, type: 'invalid_request_error', param: null, code: status },
  });

async function chat(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) {
    problem(response, 400, 'The request is no JSON or too large.');
    return;
  }
  const words = answerTo(body).match(/\S+\s*/g) ?? [];
  const base = { id: `chatcmpl-${Date.now()}`, created: Math.floor(Date.now() / 1000), model };
  if (body.stream !== true) {
    const message = { role: 'assistant', content: words.join('') };
    json(response, 200, {
      ...base,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage: { prompt_tokens: 8, completion_tokens: words.length, total_tokens: 8 + words.length },
    });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (delta: object, finish: string | null) =>
    response.write(
      `data: ${JSON.stringify({
        ...base,
        object: 'chat.completion.chunk',
        choices: [{ index: 0, delta, finish_reason: finish }],
      })}\n\n`,
    );
  send({ role: 'assistant', content: '' }, null);
  let next = 0;
  const timer = setInterval(() => {
    const word = words[next++];
    if (word !== undefined) {
      send({ content: word }, null);
      return;
    }
    clearInterval(timer);
    send({}, 'stop');
    response.end('data: [DONE]\n\n');
  }, tokenMs);
  response.on('close', () => clearInterval(timer));
}

interface ChatBody {
  readonly stream?: unknown;
  readonly messages?: unknown;
}

function answerTo(body: ChatBody): string {
  const messages: readonly unknown[] = Array.isArray(body.messages) ? body.messages : [];
  const last = messages.at(-1) as { readonly content?: unknown } | undefined;
  const asked = typeof last?.content === 'string' ? last.content.slice(0, 400) : '';
  return `You said: ${asked}. I am a sample without a model, so this is all that I know.`;
}

async function readBody(request: IncomingMessage): Promise<ChatBody | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBodyBytes) return undefined;
    chunks.push(chunk);
  }
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}
