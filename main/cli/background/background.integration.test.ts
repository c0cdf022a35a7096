import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, runGearway, until } from '../../testing/index.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

interface Status {
  readonly running: boolean;
  readonly host: string;
  readonly pid: number;
  readonly user: string;
  readonly tunnels: readonly { readonly service: string; readonly state: string; readonly local: string }[];
}

function person() {
  const data = mkdtempSync(join(tmpdir(), 'gw-background-'));
  cleanup.later(() => rmSync(data, { recursive: true, force: true }));
  /** A command to its end. */
  async function gearway(...args: readonly string[]) {
    const command = cleanup.add(runGearway([...args, '--user-data-dir', data, '--json']));
    const code = await command.status();
    return { code, lines: command.lines(), notes: command.notes() };
  }
  const status = async () => (await gearway('status')).lines[0] as unknown as Status;
  return { data, gearway, status };
}

const redisAnswers = (local: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(local.split(':').at(-1)), '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (said) => {
      socket.destroy();
      resolve(said.toString() === '+PONG\r\n');
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });

describe('Gearway in the background', () => {
  it('runs after its command has ended, is one for every terminal, and ends when it is told to', async () => {
    const { gearway, status, data } = person();
    expect(await gearway('status')).toMatchObject({
      code: 1,
      lines: [{ event: 'error', code: 'not_running' }],
    });
    const up = await gearway('up', 'redis', '--demo');
    cleanup.later(async () => void (await gearway('down')));
    expect(up).toMatchObject({ code: 0, lines: [{ event: 'status', running: true, host: 'background' }] });
    const first = await status();
    expect(first.user).toBe('demo');
    await until('the tunnel', async () => (await status()).tunnels[0]?.state === 'connected');
    expect(await redisAnswers(first.tunnels[0]?.local ?? '')).toBe(true);

    // A second one is the same one.
    expect((await gearway('up', '--demo')).lines[0]).toMatchObject({ pid: first.pid });
    const opened = await gearway('tunnel', 'open', 'web');
    expect(opened).toMatchObject({ code: 0, lines: [{ event: 'tunnel', service: 'web' }] });
    expect((await status()).tunnels.map(({ service }) => service).toSorted()).toEqual(['redis', 'web']);
    expect((await gearway('ls')).lines.map(({ name }) => name)).toContain('redis');
    expect((await gearway('open', 'nothing')).lines.at(-1)).toMatchObject({
      event: 'error',
      code: 'service_not_found',
    });
    expect((await gearway('tunnel', 'close', 'web')).code).toBe(0);

    expect(statSync(join(data, 'background')).mode & 0o777).toBe(0o700);
    expect((await gearway('down')).code).toBe(0);
    expect((await gearway('status')).code).toBe(1);
    expect(await redisAnswers(first.tunnels[0]?.local ?? '')).toBe(false);
  });

  it('has its tunnels again, at their ports, when its process is killed', async () => {
    const { gearway, status } = person();
    await gearway('up', 'redis', '--demo');
    cleanup.later(async () => void (await gearway('down')));
    const before = await status();
    const local = before.tunnels[0]?.local ?? '';
    process.kill(before.pid, 'SIGKILL');
    await until('another one', async () => {
      const now = await status();
      return now.running && now.pid !== before.pid && now.tunnels[0]?.local === local;
    });
    await until('the tunnel', () => redisAnswers(local));
  });
});
