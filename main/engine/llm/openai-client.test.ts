import dns from 'node:dns';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCleanup, until } from '../../testing/index.ts';
import { resolveName } from '../base/localhost-names.ts';
import type { Engine } from '../engine.ts';
import { makeEngine } from '../testing/make-engine.ts';

const cleanup = createCleanup();
let engine: Engine;
let serviceId = '';

const ask = async (name: string, input: object) => {
  const result = await engine.handle(name, input, AbortSignal.timeout(30_000));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const service = () => engine.snapshot().state.services[serviceId];

beforeAll(async () => {
  // This system's resolver may not know names under localhost, as those of macOS and systemd do; the client has no other.
  const system = dns.lookup;
  dns.lookup = resolveName as typeof dns.lookup;
  cleanup.later(() => {
    dns.lookup = system;
  });
  engine = makeEngine(cleanup);
  await engine.start();
  await ask('session.try', {});
  serviceId = await until('the sample model', () => {
    const { services } = engine.snapshot().state;
    return Object.values(services).find(({ port, exposure }) => port === 8080 && exposure.kind === 'mapped')
      ?.id;
  });
  await ask('tunnels.open', { serviceId });
  await until(
    'both routes',
    () => service()?.health.public.state === 'up' && service()?.health.tunnel.state === 'up',
  );
}, 60_000);
afterAll(() => cleanup.run());

it('the official client lists and streams at the stable local address, on both routes and through a switch', {
  timeout: 60_000,
}, async () => {
  const local = new URL(await until('the local address', () => service()?.local?.url));
  const client = new OpenAI({ baseURL: `${local.origin}/v1`, apiKey: 'none', maxRetries: 0 });
  const stream = async (during: () => Promise<unknown> = async () => {}) => {
    let text = '';
    let pieces = 0;
    for await (const chunk of await client.chat.completions.create({
      model: 'gearway-sample-1',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
    })) {
      text += chunk.choices[0]?.delta.content ?? '';
      pieces += 1;
      if (pieces === 3) await during();
    }
    expect(text).toContain('You said: Hello');
    expect(text.trimEnd().endsWith('```')).toBe(true);
    expect(pieces).toBeGreaterThan(10);
    return text;
  };
  const choose = async (choice: 'public' | 'tunnel') => {
    await ask('services.setRoute', { serviceId, choice });
    await until(`requests to go by ${choice}`, () => service()?.local?.route === choice);
  };
  const texts: string[] = [];
  for (const route of ['public', 'tunnel'] as const) {
    await choose(route);
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['gearway-sample-1']);
    texts.push(await stream());
  }
  texts.push(await stream(() => choose('public')), await stream(() => choose('tunnel')));
  expect(new Set(texts).size).toBe(1);
});

it('the engine itself lists and chats on every route', { timeout: 60_000 }, async () => {
  for (const route of ['local', 'public', 'tunnel']) {
    expect(await ask('llm.models', { serviceId, route })).toEqual([
      { id: 'gearway-sample-1', contextLength: 8_192, owner: 'gearway-sample' },
    ]);
    const messages = [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'Hello' },
    ];
    await ask('llm.chat', {
      id: route,
      serviceId,
      route,
      model: 'gearway-sample-1',
      messages,
      temperature: 0.5,
    });
    expect(engine.snapshot().state.chats[route]).toMatchObject({ state: { kind: 'done', reason: 'stop' } });
  }
});
