import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Launch } from '../../../shared/model/launch.ts';
import { emptyMemory, type Memory } from '../../../shared/model/memory.ts';
import type { Removed } from '../../../shared/model/removed.ts';
import { createCleanup, until } from '../../testing/index.ts';
import type { Engine } from '../engine.ts';
import { makeEngine } from '../testing/make-engine.ts';

const cleanup = createCleanup();
let engine: Engine;
let memory: Memory = emptyMemory();
let containerId = '';

const ask = async <T>(name: string, input: object): Promise<T> => {
  const result = await engine.handle(name, input, AbortSignal.timeout(30_000));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value as T;
};
const state = () => engine.snapshot().state;
const launchOf = (id: string): Launch | undefined => state().launches[id];

beforeAll(async () => {
  engine = makeEngine(cleanup, {
    memory,
    remember: (next) => {
      memory = next;
    },
  });
  await engine.start();
  await ask('session.try', {});
  containerId = await until(
    'a container that was looked at',
    () =>
      Object.values(state().containers).find(
        ({ name, look }) => name === 'vision-lab' && look.kind === 'done',
      )?.id,
  );
}, 60_000);
afterAll(() => cleanup.run());

describe('a service that is started on the local platform', () => {
  it('loads, listens, is named, and stops', { timeout: 60_000 }, async () => {
    const order = {
      containerId,
      recipe: 'vllm',
      name: 'My model',
      values: { model: 'Qwen/Qwen3-8B', apiKey: 'sk-1' },
    };
    const { preview } = await ask<{ preview: string }>('launch.preview', order);
    expect(preview).toBe(`VLLM_API_KEY='•••' vllm serve --host=127.0.0.1 --port=8000 Qwen/Qwen3-8B`);
    const { id } = await ask<{ id: string }>('launch.start', order);
    expect(launchOf(id)).toMatchObject({ name: 'My model', state: { kind: 'running' } });
    expect(JSON.stringify(engine.snapshot())).not.toContain('sk-1');
    await ask('services.add', { containerId, port: '8000' });
    await until('its model to be loading', () =>
      state().services[`${containerId}:8000`]?.hints?.some(({ code }) => code === 'model_loading'),
    );
    await until('it to listen', () => {
      const now = launchOf(id)?.state;
      return now?.kind === 'running' && now.listens === true;
    });
    await until('an offer', () => state().offers[`${containerId}:8000`] !== undefined);
    await ask('tunnels.open', { serviceId: `${containerId}:8000` });
    const kind = await until('its name', () => state().services[`${containerId}:8000`]?.kind);
    expect(kind).toMatchObject({ kind: 'vllm', guarded: true });
    await until('the offer to be answered', () => state().offers[`${containerId}:8000`] === undefined);
    const log = await ask<{ text: string }>('launch.log', { id, from: 0, most: 10_000 });
    expect(log.text).toContain('Loading Qwen/Qwen3-8B');
    expect(await ask('launch.search', { id, text: 'listening' })).toHaveLength(1);
    await ask('launch.stop', { id });
    expect(launchOf(id)?.state.kind).toBe('stopped');
    await ask('launch.remove', { id });
    expect(launchOf(id)).toBeUndefined();
  });

  it('that it cannot run ends with the reason', async () => {
    const values = { line: 'frobnicate --now' };
    const { id } = await ask<{ id: string }>('launch.start', {
      containerId,
      recipe: 'command',
      name: '',
      values,
    });
    expect(launchOf(id)?.state).toMatchObject({
      kind: 'ended',
      code: 127,
      lastLines: [expect.stringContaining('not found'), expect.anything()],
    });
  });
});

describe('an offer', () => {
  it('that is ignored stays ignored', async () => {
    const offer = await until('an offer of a port that nobody mapped', () =>
      Object.values(state().offers).find(({ port }) => port === 6379),
    );
    expect(offer).toMatchObject({
      bind: 'any',
      process: 'redis-server',
      command: expect.stringContaining('redis'),
    });
    const { undoId } = await ask<Removed>('offers.answer', { serviceId: offer.id, how: 'ignored' });
    await ask('containers.look', { containerId });
    expect(state().offers[offer.id]).toBeUndefined();
    expect(memory.portAnswers[offer.id]).toBe('ignored');
    await ask('undo.putBack', { undoId });
    expect(state().offers[offer.id]).toMatchObject({ bind: 'any' });
  });
});

describe('own recipes', () => {
  it('are kept, shared as a file without secrets, and taken from one', async () => {
    const recipe = { name: 'Mine', recipe: 'vllm', values: { model: 'm', apiKey: 'sk-2' } };
    const { id } = await ask<{ id: string }>('recipes.save', recipe);
    expect(JSON.stringify(memory)).not.toContain('sk-2');
    const { text } = await ask<{ text: string }>('recipes.share', {});
    expect(await ask('recipes.take', { text })).toEqual({ count: 1 });
    const before = state().recipes;
    const { undoId } = await ask<Removed>('recipes.remove', { id });
    expect(state().recipes.map(({ name }) => name)).toEqual(['Mine']);
    await ask('undo.putBack', { undoId });
    expect(state().recipes).toEqual(before);
  });
});
