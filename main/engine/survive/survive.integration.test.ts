import { createHash, randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCleanup, type SshServer, startSshServer, until } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { listen, makeTunnels } from '../ssh/testing/tunnels.ts';
import { createSurvival } from './index.ts';

const servers = createCleanup();
let server: SshServer;
beforeAll(async () => {
  server = servers.add(await startSshServer());
});
afterAll(() => servers.run());
const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** A busy machine may take its time to start the helper. */
const patienceMs = 20_000;
const lab = (forMs?: number) =>
  makeTunnels(cleanup, server, {
    survival: (ssh) => createSurvival({ ssh, clock: systemClock, forMs, patienceMs }),
  });

/** A far service of this process, with the sockets that it has. */
async function service(
  answer: (socket: Socket) => void,
): Promise<{ readonly port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const { port } = await listen(cleanup, { allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    answer(socket);
  });
  return { port, sockets };
}

const client = (port: number): Socket => {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  cleanup.later(() => void socket.destroy());
  return socket;
};

/** Bytes that nobody mistakes for others: each place has its own. */
function* pattern(total: number): Generator<Buffer> {
  for (let at = 0; at < total; ) {
    const piece = Buffer.alloc(Math.min(total - at, randomInt(1, 200_000)));
    for (let index = 0; index < piece.length; index += 1)
      piece[index] = ((at + index) * 2_654_435_761) >>> 13;
    at += piece.length;
    yield piece;
  }
}
async function send(socket: Socket, total: number): Promise<string> {
  const hash = createHash('sha256');
  for (const piece of pattern(total)) {
    hash.update(piece);
    if (socket.destroyed) break;
    if (!socket.write(piece))
      await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
  }
  socket.end();
  return hash.digest('hex');
}
function receive(
  socket: Socket,
): Promise<{ readonly hash: string; readonly bytes: number; readonly ended: boolean }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let ended = false;
  return new Promise((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.length;
    });
    const settle = () => resolve({ hash: hash.copy().digest('hex'), bytes, ended });
    socket.on('end', () => {
      ended = true;
      settle();
    });
    socket.on('close', settle);
  });
}

/** Helpers that ran before a test are somebody else's. */
let others: ReadonlySet<string> = new Set();
beforeEach(() => {
  others = new Set(running());
});
const helpers = () => running().filter((pid) => !others.has(pid));
const running = () =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /python3\0-I\0-c\0import sys;i=sys/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
    } catch {
      return false;
    }
  });
const folders = () => readdirSync('/tmp').filter((name) => name.startsWith('gearway-'));

describe('a connection through the helper', () => {
  it('goes on where it was after the link was lost, and neither end sees anything', async () => {
    const { relay, open } = await lab();
    const far = await service((socket) => socket.pipe(socket));
    const tunnel = await open(far);
    const near = client(tunnel.port);
    const heard: string[] = [];
    near.on('data', (chunk) => heard.push(String(chunk)));
    near.write('one ');
    await until('the echo', () => heard.join('') === 'one ');
    expect(tunnel.view().survival).toBe('held');
    relay.refuse();
    relay.reset();
    await until('the loss', () => tunnel.state() !== 'connected');
    near.write('two ');
    relay.heal();
    await until('the rest', () => heard.join('') === 'one two ', { deadlineMs: 60_000 });
    expect(far.sockets.filter((socket) => socket.bytesRead === 'one two '.length)).toHaveLength(1);
    expect(near.destroyed).toBe(false);
    near.end();
    await until('both ends', () => near.destroyed);
  });

  it('hands on what a client said last, though it left before the link was lost', async () => {
    const { relay, open } = await lab();
    const total = 6_000_000;
    const got: ReturnType<typeof receive>[] = [];
    const far = await service((socket) => {
      got.push(receive(socket));
      socket.end('bye');
    });
    const tunnel = await open(far);
    const near = client(tunnel.port);
    await receive(near);
    // What it says waits on this side, for its link stands and takes next to nothing.
    relay.slow(50_000);
    const sent = await send(near, total);
    await until('the client to leave', () => near.destroyed);
    relay.reset();
    relay.slow(undefined);
    expect(await got.at(-1)).toEqual({ hash: sent, bytes: total, ended: true });
  }, 60_000);

  it('has every byte right, both ways at once, whatever the cuts and sizes', async () => {
    const { relay, open } = await lab();
    const total = 20_000_000;
    const results: Promise<unknown>[] = [];
    const far = await service((socket) => {
      // Whether something listens may be asked by a connection of its own.
      const got = receive(socket);
      socket.once('data', (first: Buffer) => {
        if (!first.subarray(0, 4).equals(Buffer.from('HEAD')))
          results.push(Promise.all([got, send(socket, total)]));
      });
    });
    const tunnel = await open(far);
    const near = client(tunnel.port);
    const mine = Promise.all([receive(near), send(near, total)]);
    let over = false;
    void mine.then(() => (over = true));
    let cuts = 0;
    while (!over && cuts < 6) {
      const before = near.bytesRead + near.bytesWritten;
      const step = randomInt(1, 2_000_000);
      await until('some bytes', () => over || near.bytesRead + near.bytesWritten > before + step, {
        deadlineMs: 60_000,
      });
      if (randomInt(2) === 0) relay.cut();
      else relay.reset();
      cuts += 1;
      await until('the link', () => over || tunnel.state() === 'connected', { deadlineMs: 60_000 });
    }
    const [got, sent] = await mine;
    const theirs = (await Promise.all(results)) as [
      { hash: string; bytes: number; ended: boolean },
      string,
    ][];
    const [farGot, farSent] = theirs.at(-1) ?? [];
    expect(got).toEqual({ hash: farSent, bytes: total, ended: true });
    expect(farGot).toEqual({ hash: sent, bytes: total, ended: true });
    expect(cuts).toBeGreaterThan(2);
  }, 240_000);

  it('holds back a service whose reader has stopped, in bounded memory', async () => {
    const { open } = await lab();
    let written = 0;
    const far = await service((socket) => {
      const fill = () => {
        while (written < 400e6 && socket.write(Buffer.alloc(65_536))) written += 65_536;
      };
      socket.on('drain', fill);
      fill();
    });
    const tunnel = await open(far);
    written = 0;
    const near = client(tunnel.port);
    near.pause();
    await until('the client', () => tunnel.view().traffic?.open === 1);
    let before = -1;
    await until(
      'the service to be held back',
      () => {
        const isStill = written > 0 && before === written;
        before = written;
        return isStill;
      },
      { everyMs: 500 },
    );
    expect(written).toBeLessThan(60e6);
    const [pid] = helpers();
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    expect(Number(kilobytes)).toBeLessThan(120_000);
  });

  it('is told truly and at once that nothing listens, that the service reset it, and that it ended', async () => {
    const { open } = await lab();
    const far = await service((socket) =>
      socket.once('data', (data) =>
        String(data) === 'reset' ? socket.resetAndDestroy() : socket.end('bye'),
      ),
    );
    const tunnel = await open(far);
    const asks = (word: string) => {
      const near = client(tunnel.port);
      near.write(word);
      return receive(near);
    };
    expect(await asks('end')).toMatchObject({ bytes: 3, ended: true });
    expect(await asks('reset')).toMatchObject({ bytes: 0, ended: false });
    const nothing = await open({ port: 1 }, { until: 'unanswered' });
    expect(await receive(client(nothing.port))).toMatchObject({ bytes: 0, ended: false });
  });

  it('ends when the helper is gone: surviving is no pretending', async () => {
    const { relay, open } = await lab();
    const far = await service((socket) => socket.pipe(socket));
    const tunnel = await open(far);
    const near = client(tunnel.port);
    near.write('x');
    await until('the echo', () => near.bytesRead === 1);
    const over = receive(near);
    relay.refuse();
    relay.reset();
    for (const pid of helpers()) process.kill(Number(pid), 'SIGKILL');
    relay.heal();
    expect(await over).toMatchObject({ ended: false });
  });

  it('ends when no link comes in time', async () => {
    const { relay, open } = await lab(1_000);
    const far = await service((socket) => socket.pipe(socket));
    const tunnel = await open(far);
    const near = client(tunnel.port);
    near.write('x');
    await until('the echo', () => near.bytesRead === 1);
    const over = receive(near);
    relay.refuse();
    relay.reset();
    expect(await over).toMatchObject({ ended: false });
  });
});

const python = (does: string) =>
  `mkdir -p ~/bin; printf '#!/bin/sh\\n${does}\\n' > ~/bin/python3; chmod +x ~/bin/python3; PATH=~/bin:$PATH`;

describe('a client of a container whose login shell is slow', () => {
  it.each([
    ['takes a minute', 'sleep 60'],
    ['ends before any command', 'exit 3'],
    ['says much and hides the command', 'seq 1 50000; exec sleep 60'],
    ['has a Python that never starts', python('exec sleep 60')],
    ['has a Python that is broken', python('echo broken; exit 1')],
  ])('goes the plain way where the shell %s', async (_, rc) => {
    const slow = cleanup.add(await startSshServer({ rc: `${rc}\n` }));
    const { open } = await makeTunnels(cleanup, slow, {
      survival: (ssh) => createSurvival({ ssh, clock: systemClock, patienceMs: 1_000 }),
    });
    const far = await service((socket) => socket.pipe(socket));
    const tunnel = await open(far);
    const near = client(tunnel.port);
    near.write('x');
    await until('the echo', () => near.bytesRead === 1);
    expect(tunnel.view().survival).toBe('plain');
  });

  it('is held by the helper once that is there', async () => {
    const slow = cleanup.add(await startSshServer({ rc: 'sleep 4\n' }));
    const { open } = await makeTunnels(cleanup, slow, {
      survival: (ssh) => createSurvival({ ssh, clock: systemClock, patienceMs: 500 }),
    });
    const far = await service((socket) => socket.pipe(socket));
    const tunnel = await open(far);
    const echoes = async () => {
      const near = client(tunnel.port);
      near.write('x');
      await until('the echo', () => near.bytesRead === 1);
      return tunnel.view().survival;
    };
    expect(await echoes()).toBe('plain');
    await until('the helper', async () => (await echoes()) === 'held');
  });
});

describe('the helper', () => {
  it('takes away what one left that was killed, and nothing else', async () => {
    const before = new Set(folders());
    const open = async () => {
      const tunnel = await (await lab()).open(await service((socket) => socket.pipe(socket)));
      const near = client(tunnel.port);
      near.write('x');
      await until('the echo', () => near.bytesRead === 1);
    };
    await open();
    const [left = ''] = folders().filter((name) => !before.has(name));
    for (const pid of helpers()) process.kill(Number(pid), 'SIGKILL');
    await until('its end', () => helpers().length === 0);
    const strange = mkdtempSync('/tmp/gearway-');
    cleanup.later(() => rmSync(strange, { recursive: true, force: true }));
    writeFileSync(join(strange, 's'), 'no socket');
    expect(folders()).toContain(left);
    await open();
    await until('it to go', () => !folders().includes(left));
    expect(readdirSync(strange)).toEqual(['s']);
    for (const pid of helpers()) process.kill(Number(pid), 'SIGTERM');
  });

  it('is one person’s: its socket is closed to others, its secret in no list, and nothing is left of it', async () => {
    const before = new Set(folders());
    const { open } = await lab();
    const far = await service((socket) => socket.pipe(socket));
    const tunnel = await open(far);
    const near = client(tunnel.port);
    near.write('x');
    await until('the echo', () => near.bytesRead === 1);
    const folder = folders().find((name) => !before.has(name)) ?? '';
    expect((statSync(`/tmp/${folder}`).mode & 0o777).toString(8)).toBe('700');
    expect((statSync(`/tmp/${folder}/s`).mode & 0o077).toString(8)).toBe('0');
    const strange = connect(`/tmp/${folder}/s`);
    strange.write(`${JSON.stringify({ secret: 'guessed', open: ['127.0.0.1', far.port] })}\n`);
    expect(await receive(strange)).toMatchObject({ bytes: 0 });
    for (const pid of helpers()) {
      expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).not.toContain('secret"');
      expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).not.toContain('secret"');
    }
    const mine = helpers();
    for (const pid of mine) process.kill(Number(pid), 'SIGTERM');
    await until('its folder to go', () => !folders().includes(folder));
  });
});
