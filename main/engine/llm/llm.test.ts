import { createServer, request } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Chat, SpeedPlan, SpeedState } from '../../../shared/model/llm.ts';
import type { Result } from '../../../shared/result.ts';
import { openAi } from '../../local-platform/samples/openai.ts';
import { createCleanup, until } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import type { LlmTarget } from './ask.ts';
import { createLlm } from './llm.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.later(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const speed = { firstTokenMs: 200, tokensPerSecond: 50, promptTokensPerSecond: 0, slots: 0 };
const model = { id: 'sample', owner: 'vllm', contextLength: 8_192, speed };
const signal = () => AbortSignal.timeout(30_000);
const need = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

function setup(targets: Partial<Record<'local' | 'public' | 'tunnel', LlmTarget>>) {
  let state: SpeedState = { kind: 'idle' };
  const seen: Chat[] = [];
  const llm = createLlm({
    clock: systemClock,
    targetOf: async (_id, route) => {
      const value = targets[route];
      return value === undefined ? { ok: false, error: { code: 'address_absent' } } : { ok: true, value };
    },
    onChats: () => {
      seen.push(...llm.chats());
    },
    onSpeed: (next) => {
      state = next;
    },
  });
  cleanup.add(llm);
  return { llm, seen, state: () => state };
}

/** A gateway that keeps an answer back until it is whole. */
const buffering = (origin: string): Server =>
  createServer((incoming, response) => {
    const sent = request(
      `${origin}${incoming.url}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(chunks)),
        );
      },
    );
    incoming.pipe(sent);
  });

const order = {
  serviceId: 's',
  route: 'local',
  model: 'sample',
  messages: [{ role: 'user', content: 'Hello' }],
} as const;
const plan = (part: Partial<SpeedPlan>): SpeedPlan => ({
  serviceId: 's',
  model: 'sample',
  routes: ['local'],
  promptTokens: [16],
  parallel: [1],
  answerTokens: 40,
  ...part,
});

describe('a language model', () => {
  it('lists its models with the length of their context, and needs its key for that', async () => {
    const url = await listen(openAi({ ...model, apiKey: 'sk-1' }));
    const { llm } = setup({
      local: { url, key: new Secret('sk-1') },
      public: { url },
      tunnel: { url, key: new Secret('no') },
    });
    expect(need(await llm.models('s', 'local', signal()))).toEqual([
      { id: 'sample', contextLength: 8_192, owner: 'vllm' },
    ]);
    expect(await llm.models('s', 'public', signal())).toMatchObject({ error: { code: 'llm_key_needed' } });
    expect(await llm.models('s', 'tunnel', signal())).toMatchObject({ error: { code: 'llm_key_refused' } });
  });

  it.each<[string, (path: string) => [number, string], string]>([
    ['a page', () => [200, '<html>'], 'llm_not_compatible'],
    ['a page that is missing', () => [404, 'no'], 'llm_not_compatible'],
    ['a refusal', () => [400, '{"error":{"message":"too\\nlong"}}'], 'llm_refused'],
  ])('that is %s is told from one', async (_what, answer, code) => {
    const url = await listen(
      createServer((incoming, response) => {
        const [status, body] = answer(incoming.url ?? '');
        response.writeHead(status).end(body);
      }),
    );
    const { llm } = setup({ local: { url } });
    expect(await llm.models('s', 'local', signal())).toMatchObject({ error: { code } });
    expect(await llm.chat('c', order, signal())).toMatchObject({ error: { code } });
    expect(llm.chats()[0]?.state.kind).toBe('failed');
  });

  it('answers a chat piece by piece, with exact counts', async () => {
    const { llm, seen } = setup({ local: { url: await listen(openAi(model)) } });
    need(await llm.chat('c', order, signal()));
    const texts = new Set(seen.map(({ text }) => text));
    expect(texts.size).toBeGreaterThan(10);
    const last = llm.chats()[0];
    expect(last?.text).toContain('You said: Hello');
    expect(last).toMatchObject({ state: { kind: 'done', reason: 'stop' }, tokens: { isExact: true } });
    expect(last?.tokens?.completion).toBeGreaterThan(10);
  });

  it('stops when it is told to, and keeps what came', async () => {
    const { llm } = setup({ local: { url: await listen(openAi(model)) } });
    const chat = llm.chat('c', order, signal());
    await until('some text', () => (llm.chats()[0]?.text ?? '').length > 10);
    llm.stopChat('c');
    need(await chat);
    expect(llm.chats()[0]).toMatchObject({
      state: { kind: 'stopped' },
      text: expect.stringContaining('You said'),
    });
  });

  it('repeats no key that the server repeats', async () => {
    const key = new Secret('sk-open-sesame');
    const echo = (status: number, wrap: (text: string) => string) =>
      listen(
        createServer(({ headers }, response) =>
          response
            .writeHead(status, { 'content-type': 'text/event-stream' })
            .end(wrap(JSON.stringify({ error: { message: `No budget for ${headers.authorization}` } }))),
        ),
      );
    const refused = await echo(400, (text) => text);
    const midway = await echo(200, (text) => `data: ${text}\n\n`);
    const { llm } = setup({ local: { url: refused, key }, tunnel: { url: midway, key } });
    for (const route of ['local', 'tunnel'] as const) {
      const order = { serviceId: 'a', route, model: 'sample', messages: [] };
      const answer = await llm.chat(route, order, signal());
      expect(answer).toMatchObject({ ok: false, error: { code: 'llm_refused' } });
      expect(JSON.stringify([answer, llm.chats()])).toContain('No budget for Bearer [secret]');
    }
  });

  it('ends an answer whose line never ends', async () => {
    const url = await listen(
      createServer((_request, response) => void response.writeHead(200).write('x'.repeat(5_000_000))),
    );
    const { llm } = setup({ local: { url } });
    const order = { serviceId: 'a', route: 'local', model: 'sample', messages: [] } as const;
    expect(await llm.chat('a', order, signal())).toMatchObject({ error: { code: 'connection_lost' } });
  });

  it('that is cut off in the middle is no whole answer', async () => {
    const url = await listen(
      createServer((_incoming, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end('data: {"choices":[{"delta":{"content":"half"}}]}\n\n');
      }),
    );
    const { llm } = setup({ local: { url } });
    expect(await llm.chat('c', order, signal())).toMatchObject({ error: { code: 'connection_lost' } });
    expect(llm.chats()[0]?.text).toBe('half');
  });
});

describe('the speed of a language model', () => {
  // A busy machine is late now and then: medians of a round stay within 5 %, and one of three rounds must.
  it('is what the server was set to, within 5 %', { retry: 2, timeout: 60_000 }, async () => {
    const { llm } = setup({ local: { url: await listen(openAi(model)) } });
    const { rows } = need(await llm.measure(plan({}), signal()));
    const row = rows[0];
    expect(row).toMatchObject({ done: 3, failed: 0, tokens: 40 });
    expect(Math.abs((row?.firstTokenMs ?? 0) / 200 - 1)).toBeLessThan(0.05);
    expect(Math.abs((row?.tokensPerSecond ?? 0) / 50 - 1)).toBeLessThan(0.05);
    expect(Math.abs((row?.gapP50 ?? 0) / 20 - 1)).toBeLessThan(0.1);
    expect(row?.chunks).toBeGreaterThanOrEqual(38);
  });

  it('shows a route that keeps answers back, and one that fails', { timeout: 60_000 }, async () => {
    const tunnel = await listen(
      openAi({ ...model, speed: { ...speed, firstTokenMs: 50, tokensPerSecond: 200 } }),
    );
    const { llm, state } = setup({
      tunnel: { url: tunnel },
      public: { url: await listen(buffering(tunnel)) },
    });
    const report = need(
      await llm.measure(plan({ routes: ['public', 'tunnel', 'local'], parallel: [1, 8] }), signal()),
    );
    expect(report.findings).toEqual([
      { code: 'route_buffers', route: 'public' },
      { code: 'route_fails', route: 'local' },
    ]);
    expect(report.rows.map(({ route, parallel, done }) => `${route} ${parallel} ${done}`)).toEqual([
      'public 1 3',
      'tunnel 1 3',
      'local 1 0',
      'public 8 8',
      'tunnel 8 8',
      'local 8 0',
    ]);
    expect(state()).toEqual({ kind: 'done', report });
    expect(need(llm.exportSpeed('table')).text.split('\n')[1]).toMatch(/^public\t16\t1\t3\t0\t\d/);
    expect(JSON.parse(need(llm.exportSpeed('json')).text)).toMatchObject({ model: 'sample' });
  });

  it('is measured with up to 32 requests side by side', { timeout: 60_000 }, async () => {
    const fast = { ...speed, firstTokenMs: 50, tokensPerSecond: 100 };
    const { llm } = setup({ local: { url: await listen(openAi({ ...model, speed: fast })) } });
    const { rows } = need(await llm.measure(plan({ parallel: [1, 8, 32], answerTokens: 12 }), signal()));
    expect(rows.map(({ parallel, done, failed, tokens }) => [parallel, done, failed, tokens])).toEqual([
      [1, 3, 0, 12],
      [8, 8, 0, 12],
      [32, 32, 0, 12],
    ]);
    // All of them were under way together: this server gives each its own pace.
    const [one, , all] = rows.map(({ totalTokensPerSecond = 0 }) => totalTokensPerSecond);
    expect((all ?? 0) / (one ?? 0)).toBeGreaterThan(5);
  });

  it('is measured once at a time, and no more when it is stopped', async () => {
    const { llm, state } = setup({ local: { url: await listen(openAi(model)) } });
    const first = llm.measure(plan({ answerTokens: 2_000 }), signal());
    expect(await llm.measure(plan({}), signal())).toMatchObject({ error: { code: 'llm_measuring' } });
    llm.stopMeasuring();
    expect(await first).toMatchObject({ error: { code: 'cancelled' } });
    expect(state()).toEqual({ kind: 'idle' });
  });
});

describe('what a server refuses', () => {
  it.each<[string, number, string, object]>([
    [
      'a model that it does not have',
      404,
      '{"object":"error","message":"The model `x` does not exist.","code":404}',
      { code: 'llm_refused', params: { status: 404, said: 'The model `x` does not exist.' } },
    ],
    [
      'a model, as Ollama says it',
      404,
      '{"error":{"message":"model \'x\' not found","code":null}}',
      { code: 'llm_refused', params: { status: 404, said: "model 'x' not found" } },
    ],
    ['a path that is not there', 404, '{"detail":"Not Found"}', { code: 'llm_not_compatible' }],
    ['a page', 404, '<html>404</html>', { code: 'llm_not_compatible' }],
    [
      'a quota',
      403,
      '{"error":{"message":"You exceeded your current quota."}}',
      { code: 'llm_refused', params: { status: 403, said: 'You exceeded your current quota.' } },
    ],
    [
      'a host name',
      403,
      'Blocked request. This host ("a.localhost") is not allowed.',
      {
        code: 'llm_refused',
        params: { status: 403, said: 'Blocked request. This host ("a.localhost") is not allowed.' },
      },
    ],
    [
      'without a word, as Ollama does for a host name',
      403,
      '',
      { code: 'llm_refused', params: { status: 403 } },
    ],
    ['a key that is missing', 403, '{"detail":"Not authenticated"}', { code: 'llm_key_needed' }],
    ['a key that is missing, without a word', 401, '', { code: 'llm_key_needed' }],
    [
      'a prompt that is too long',
      400,
      '{"detail":[{"loc":["body"],"msg":"prompt too long"}]}',
      { code: 'llm_refused', params: { status: 400, said: 'prompt too long' } },
    ],
  ])('for %s is told in its own words', async (_what, status, body, error) => {
    const url = await listen(createServer((_, response) => void response.writeHead(status).end(body)));
    const { llm } = setup({ local: { url } });
    const answer = await llm.chat('c', order, signal());
    expect(answer).toMatchObject({ ok: false, error });
  });
});

describe('a model that thinks', () => {
  it.each(['reasoning', 'reasoning_content'])('in %s is shown and timed', async (field) => {
    const events = [
      ...['a', 'b', 'c'].map((text) => ({ choices: [{ delta: { content: '', [field]: text } }] })),
      { choices: [{ delta: { content: 'Yes' }, finish_reason: 'stop' }], usage: { prompt_tokens: 2 } },
    ];
    const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    const url = await listen(
      createServer(
        (_, response) =>
          void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${body}data: [DONE]`),
      ),
    );
    const { llm } = setup({ local: { url } });
    need(await llm.chat('c', order, signal()));
    expect(llm.chats()[0]).toMatchObject({
      reasoning: 'abc',
      text: 'Yes',
      tokens: { completion: 4, prompt: 2, isExact: false },
    });
    const measured = need(await llm.measure(plan({}), signal()));
    expect(measured.rows[0]).toMatchObject({ failed: 0, done: 3 });
  });
});
