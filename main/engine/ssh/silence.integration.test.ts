import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanup, freePort, type SshServer, startSshServer, until } from '../../testing/index.ts';
import { bigFile, download, echo, makeTunnels, say } from './testing/tunnels.ts';

const cleanup = createCleanup();
afterAll(() => cleanup.run());

let server: SshServer;
beforeAll(async () => {
  server = cleanup.add(await startSshServer());
});
const setup = () => makeTunnels(cleanup, server);

/** Silence is told by time alone: side by side they take as long as the slowest. */
describe.concurrent('a link', () => {
  it('that swallows a download leaves connected, and the client sees an error within 15 s', async () => {
    const { relay, open } = await setup();
    const tunnel = await open(await bigFile(cleanup));
    let swallowedAt = 0;
    const outcome = download(tunnel.port, () => {
      swallowedAt = Date.now();
      relay.blackhole();
    });
    expect(await outcome).toMatchObject({ error: 'ECONNRESET' });
    expect(Date.now() - swallowedAt).toBeLessThan(15_000);
    expect(tunnel.state()).toBe('reconnecting');
  });

  it('that says nothing for a while carries again on the same port within 3 s', async () => {
    const { relay, open } = await setup();
    const tunnel = await open(await echo(cleanup));
    relay.blackhole();
    await until('the loss to be noticed', () => tunnel.state() === 'reconnecting', { deadlineMs: 15_000 });
    // Long enough that an attempt hangs in the hole.
    await until('an attempt', () => relay.accepted() > 2);
    const healedAt = Date.now();
    relay.heal();
    await until('traffic', () => say(tunnel.port), { deadlineMs: 3_000 - (Date.now() - healedAt) });
  });

  it('that is dead is found within 5 s after sleep', async () => {
    const { relay, open, ssh } = await setup();
    const tunnel = await open(await echo(cleanup));
    relay.blackhole();
    ssh.nudge();
    await until('the loss', () => tunnel.state() === 'reconnecting', { deadlineMs: 5_000 });
  });

  it('to a service that is down, then up, is refused first and answers then', async () => {
    const { open } = await setup();
    const port = await freePort();
    const tunnel = await open({ port }, { until: 'unanswered' });
    expect(tunnel.view().state).toMatchObject({ error: { code: 'target_refused' } });
    await echo(cleanup, port);
    await until('the state', () => tunnel.state() === 'connected', { deadlineMs: 10_000 });
    expect(await say(tunnel.port)).toBe(true);
  });
});
