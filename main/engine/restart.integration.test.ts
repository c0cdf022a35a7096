import { afterEach, describe, expect, it } from 'vitest';
import { emptyMemory, type Memory } from '../../shared/model/memory.ts';
import { createCleanup, until } from '../testing/index.ts';
import { makeEngine, temporaryFolder } from './test-engine.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const never = new AbortController().signal;

/** An engine whose memory and folder the next one finds. */
function setup() {
  const folder = temporaryFolder(cleanup);
  let memory: Memory = emptyMemory();
  const start = async () => {
    const engine = makeEngine(cleanup, {
      memory,
      remember: (next) => {
        memory = next;
      },
      folder,
    });
    await engine.start();
    return engine;
  };
  return { start };
}

describe('an engine that is started again', () => {
  it('shows what it found before, with its age: what is open, and how often services answered', async () => {
    const { start } = setup();
    const first = await start();
    expect(await first.handle('session.try', {}, never)).toMatchObject({ ok: true });
    const state = () => first.snapshot().state;
    const web = await until('web to answer', () =>
      Object.values(state().services).find(
        ({ name, health }) => name === 'web' && health.public.state === 'up',
      ),
    );
    await first.handle('audit.start', { serviceIds: [web.id] }, never);
    const report = await until('the audit', () => state().audits[web.id]);
    expect(report.verdict).toBe('open');
    await first.stop();

    const second = await start();
    const again = () => second.snapshot().state;
    // The address has another port by now, unless that of before was free: then it is another address.
    const found = await until('the service', () => {
      const service = again().services[web.id];
      return service?.health.public.state === 'up' && service;
    });
    const isSame = 'url' in found.exposure && found.exposure.url === report.url;
    expect(again().audits[web.id]).toEqual(isSame ? report : undefined);
    const known = await until('its past', () => again().availability[web.id]);
    expect(known.public?.hour.knownSeconds).toBeGreaterThan(0);
    await second.stop();
  });
});
