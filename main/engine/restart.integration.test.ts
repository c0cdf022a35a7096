import { afterEach, describe, expect, it } from 'vitest';
import { emptyMemory, type Memory } from '../../shared/model/memory.ts';
import { createCleanup, runGearway, until } from '../testing/index.ts';
import { makeEngine, temporaryFolder } from './testing/make-engine.ts';

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

  it('without a token waits for one, and then has its tunnels again and looks into containers', async () => {
    const platform = cleanup.add(runGearway(['platform', '--json']));
    const ready = await platform.line('the platform is ready', ({ event }) => event === 'ready');
    const edge = ready.edge as { readonly domain: string; readonly port: number };
    const token = String(ready.token);
    const { start } = setup();
    const first = await start();
    const where = { origin: ready.origin, domain: `http://${edge.domain}:${edge.port}` };
    expect(
      await first.handle('session.signIn', { instance: 'private', ...where, token }, never),
    ).toMatchObject({
      ok: true,
    });
    const state = () => first.snapshot().state;
    const notes = await until('the service', () =>
      Object.values(state().services).find(({ name }) => name === 'notes'),
    );
    expect(await first.handle('tunnels.open', { serviceId: notes.id, localPort: '' }, never)).toMatchObject({
      ok: true,
    });
    await until('the tunnel', () => state().services[notes.id]?.tunnel.state.kind === 'connected');
    await first.stop();

    const second = await start();
    const again = () => second.snapshot().state;
    const tunnel = () => again().services[notes.id]?.tunnel.state;
    const failed = await until('the tunnel to fail', () => {
      const now = tunnel();
      return now?.kind === 'failed' && now;
    });
    expect(failed.error.code).toBe('token_missing');
    const accountId = Object.keys(again().accounts)[0];
    expect(await second.handle('session.renew', { accountId, token }, never)).toMatchObject({ ok: true });
    await until('the tunnel to come back', () => tunnel()?.kind === 'connected');
    await until('what listens', () => again().services[notes.id]?.listens !== undefined);
  });
});
