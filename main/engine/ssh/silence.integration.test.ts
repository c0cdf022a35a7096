import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCleanup, freePort, type SshServer, startSshServer, until } from '../../testing/index.ts';
import { bigFile, download, echo, listen, makeTunnels, say } from './testing/tunnels.ts';

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

  it('to a target behind a jump host that falls silent is lost within 15 s, and carries within 3 s of its return', async () => {
    const jump = cleanup.add(await startSshServer());
    const { relay, open, ssh } = await makeTunnels(cleanup, server, { jump });
    const tunnel = await open(await echo(cleanup));
    relay.blackhole();
    await until('the loss to be noticed', () => tunnel.state() === 'reconnecting', { deadlineMs: 15_000 });
    expect(ssh.isLinked('jump')).toBe(true);
    await until('an attempt', () => relay.accepted() > 2, { deadlineMs: 20_000 });
    const healedAt = Date.now();
    relay.heal();
    await until('traffic', () => say(tunnel.port), { deadlineMs: 3_000 - (Date.now() - healedAt) });
  });

  it('to a target behind a jump host that restarts is lost at once, and carries within 3 s of its return', async () => {
    const jump = cleanup.add(await startSshServer());
    const own = cleanup.add(await startSshServer());
    const { open, ssh } = await makeTunnels(cleanup, own, { jump, direct: true });
    const tunnel = await open(await bigFile(cleanup));
    const outcome = download(tunnel.port, () => void own.kill('all'));
    expect(await outcome).toMatchObject({ error: 'ECONNRESET' });
    await until('the loss', () => tunnel.state() === 'reconnecting', { deadlineMs: 2_000 });
    // Long enough that the tries have pauses of seconds between them.
    await until('the fourth try', () => {
      const { state } = tunnel.view();
      return state.kind === 'reconnecting' && state.attempt > 3;
    });
    await own.restart();
    await until('traffic', () => say(tunnel.port), { deadlineMs: 3_000 });
    expect(ssh.isLinked('host')).toBe(true);
  });

  it('through a jump host that is killed is lost at once, and comes back with it', async () => {
    const jump = cleanup.add(await startSshServer());
    const { open } = await makeTunnels(cleanup, server, { jump, direct: true });
    const tunnel = await open(await bigFile(cleanup));
    const outcome = download(tunnel.port, () => void jump.kill('all'));
    expect(await outcome).toMatchObject({ error: 'ECONNRESET' });
    await until('the loss', () => tunnel.state() === 'reconnecting', { deadlineMs: 2_000 });
    await until('the fourth try', () => {
      const { state } = tunnel.view();
      return state.kind === 'reconnecting' && state.attempt > 3;
    });
    await jump.restart();
    await until('traffic', () => say(tunnel.port), { deadlineMs: 3_000 });
  });

  it('over 500 kbit/s carries an upload whole, though it is full for longer than silence may last', async () => {
    const { relay, open } = await setup();
    let came = 0;
    const far = await listen(cleanup, { allowHalfOpen: true }, (socket) => {
      socket.on('data', (chunk) => {
        came += chunk.length;
      });
      socket.on('end', () => socket.end('whole'));
    });
    const tunnel = await open(far, { until: 'verifying' });
    await until('the tunnel', () => tunnel.state() === 'connected');
    const before = came;
    relay.slow(62_500);
    const socket = connect({ port: tunnel.port, host: '127.0.0.1', allowHalfOpen: true });
    const bytes = Number(process.env.GEARWAY_TEST_UPLOAD ?? 1_500_000);
    socket.end(Buffer.alloc(bytes, 'x'));
    let heard = '';
    for await (const chunk of socket) heard += chunk;
    expect([heard, came - before]).toEqual(['whole', bytes]);
  }, 150_000);
});
