import { afterEach, describe, expect, it } from 'vitest';
import { requests } from '../../../shared/contract/requests.ts';
import { createCleanup } from '../../testing/cleanup.ts';
import { makeEngine } from '../testing/make-engine.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const never = new AbortController().signal;

const names = Object.entries(requests)
  .filter(([, { where }]) => where === 'engine')
  .map(([name]) => name);

describe('the engine answers', () => {
  it.each(names)('%s, and no input that is not in the contract', async (name) => {
    const engine = makeEngine(cleanup);
    expect(await engine.handle(name, 7, never)).toMatchObject({ error: { code: 'bad_request' } });
  });

  it('nothing else', async () => {
    const engine = makeEngine(cleanup);
    for (const name of ['', 'shell.state', 'toString', '__proto__', 'services'])
      expect(await engine.handle(name, {}, never)).toMatchObject({ error: { code: 'bad_request' } });
  });
});

const id = { serviceId: 'c:80' };

describe('a service that nobody knows', () => {
  it.each<readonly [string, object]>([
    ['services.check', id],
    ['services.setRoute', { ...id, choice: 'auto' }],
    ['services.setHeaders', { ...id, change: { preset: 'auto' } }],
    ['services.setOwnPort', { ...id, port: '' }],
    ['services.setCrossSite', { ...id, allowed: true }],
    ['services.keepBodies', { ...id, keep: true }],
    ['services.setCredential', { ...id, key: 'sk-x' }],
    ['services.address', { ...id, which: 'best' }],
    ['services.compare', id],
    ['tunnels.open', id],
    ['comparison.start', { serviceIds: ['c:80'] }],
    ['audit.start', { serviceIds: ['c:80'] }],
  ])('is answered by %s as such, and nothing is kept of it', async (name, input) => {
    let kept = 0;
    const engine = makeEngine(cleanup, {
      remember: () => {
        kept += 1;
      },
    });
    const answer = await engine.handle(name, input, never);
    expect(answer).toMatchObject({ ok: false, error: { code: 'service_not_found' } });
    expect(kept).toBe(0);
  });
});

describe('a container that nobody knows', () => {
  it.each([
    ['containers.look', {}],
    ['containers.giveUp', {}],
    ['hostKeys.accept', { fingerprint: 'SHA256:x' }],
    ['services.add', { port: '80' }],
  ])('is answered by %s as such', async (name, input) => {
    const engine = makeEngine(cleanup);
    expect(await engine.handle(name, { containerId: 'gone', ...input }, never)).toMatchObject({
      error: { code: 'container_not_found' },
    });
  });
});
