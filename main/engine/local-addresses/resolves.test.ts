import { describe, expect, it } from 'vitest';
import { resolvesHere, systemResolve } from './resolves.ts';

const signal = new AbortController().signal;

describe('a name of a local address', () => {
  it.each<readonly [string, () => Promise<readonly string[]>, boolean]>([
    ['127.0.0.1', async () => ['127.0.0.1'], true],
    ['both loopbacks', async () => ['::1', '127.0.0.1'], true],
    ['::1 alone, where the proxy does not listen', async () => ['::1'], false],
    ['an address of somebody else', async () => ['203.0.113.7'], false],
    ['one of somebody else beside ours', async () => ['127.0.0.1', '203.0.113.7'], false],
    ['nothing', async () => [], false],
    ['an error', async () => Promise.reject(new Error('ENOTFOUND')), false],
    ['no answer', () => new Promise(() => {}), false],
  ])('resolved to %s', async (_, resolve, resolves) => {
    expect(await resolvesHere('llm.localhost', resolve, signal)).toBe(resolves);
  });

  it('is asked of the system as programs ask it', async () => {
    const addresses = await systemResolve('127.0.0.1');
    expect(addresses).toEqual(['127.0.0.1']);
  });
});
