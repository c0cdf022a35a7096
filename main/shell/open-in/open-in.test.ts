import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeContainer, makeService } from '../../../renderer/testing/make.ts';
import { initialEngineState } from '../../../shared/contract/state.ts';
import type { Container } from '../../../shared/model/container.ts';
import { fail, ok } from '../../../shared/result.ts';
import { type KnownProgram, knownPrograms } from './known-programs.ts';
import { createOpenIn, startAlone } from './open-in.ts';

const signal = new AbortController().signal;
const container = makeContainer({ id: 'c1' });
const redis = makeService({
  id: 'c1:6379',
  protocol: 'tcp',
  kind: { kind: 'redis', name: 'Redis' },
  tunnel: { state: { kind: 'connected', since: 1 }, local: { host: '127.0.0.1', port: 6379 } },
});
const web = makeService({
  local: { url: 'http://web.localhost:7700' } as ReturnType<typeof makeService>['local'],
});

function openIn(here: readonly KnownProgram[], of: Container = container) {
  const start = vi.fn(async (_file: string, _words: readonly string[]) => {});
  const openAddress = vi.fn(async (_address: string) => {});
  const onFound = vi.fn();
  const desk = createOpenIn({
    find: async () => here,
    onFound,
    engine: () => ({
      ...initialEngineState,
      containers: { [of.id]: of },
      services: { [redis.id]: redis, [web.id]: web },
    }),
    addressOf: async (id) =>
      id === web.id ? ok({ url: 'http://web.localhost:7700/' }) : fail('address_absent'),
    start,
    openAddress,
  });
  return { ...desk, start, openAddress, onFound };
}
const known = (platform: NodeJS.Platform, ...ids: string[]) =>
  knownPrograms.filter(({ id, on }) => ids.includes(id) && on.includes(platform));

describe('to open in another program', () => {
  it('gives a terminal the words of ssh', async () => {
    const desk = openIn(known('linux', 'gnome-terminal'));
    await desk.look();
    expect(desk.onFound).toHaveBeenCalledWith([
      { id: 'gnome-terminal', name: 'GNOME Terminal', kind: 'terminal' },
    ]);
    const opened = await desk.open({ of: 'container', id: 'c1', program: 'gnome-terminal' }, signal);
    expect(opened).toEqual(ok({ command: 'ssh -p 31612 root@ssh.example' }));
    expect(desk.start).toHaveBeenCalledWith('gnome-terminal', [
      '--',
      'ssh',
      '-p',
      '31612',
      'root@ssh.example',
    ]);
  });

  it('gives AppleScript the line as its argument, never as a part of the script', async () => {
    const desk = openIn(known('darwin', 'terminal'));
    await desk.look();
    await desk.open({ of: 'container', id: 'c1', program: 'terminal' }, signal);
    expect(desk.start.mock.calls[0]?.[1].slice(-2)).toEqual(['--', 'ssh -p 31612 root@ssh.example']);
  });

  it('runs a client in the first terminal, and hands addresses on', async () => {
    const desk = openIn(known('linux', 'kitty', 'redis-cli', 'files', 'firefox'));
    await desk.look();
    await desk.open({ of: 'service', id: redis.id, program: 'redis-cli' }, signal);
    await desk.open({ of: 'container', id: 'c1', program: 'files' }, signal);
    await desk.open({ of: 'service', id: web.id, program: 'firefox' }, signal);
    expect(desk.start.mock.calls).toEqual([
      ['kitty', ['redis-cli', '-h', '127.0.0.1', '-p', '6379']],
      ['firefox', ['http://web.localhost:7700/']],
    ]);
    expect(desk.openAddress).toHaveBeenCalledWith('sftp://root@ssh.example:31612/');
  });

  it.each([
    [{ of: 'container', id: 'c1', program: 'konsole' }, 'program_absent'],
    [{ of: 'container', id: 'gone', program: 'kitty' }, 'not_openable'],
    [{ of: 'service', id: redis.id, program: 'kitty' }, 'not_openable'],
    [{ of: 'container', id: '__proto__', program: 'kitty' }, 'not_openable'],
  ] as const)('answers %j with %s', async (order, code) => {
    const desk = openIn(known('linux', 'kitty'));
    await desk.look();
    expect(await desk.open(order, signal)).toMatchObject({ ok: false, error: { code } });
    expect(desk.start).not.toHaveBeenCalled();
  });

  it('says when the system does not start it', async () => {
    const desk = openIn(known('linux', 'kitty'));
    await desk.look();
    desk.start.mockRejectedValue(new Error('EACCES'));
    expect(await desk.open({ of: 'container', id: 'c1', program: 'kitty' }, signal)).toEqual(
      fail('program_not_started', { params: { name: 'kitty' } }),
    );
  });
});

describe('a program that is started', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gearway-open-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gets each word whole', async () => {
    const said = join(folder, 'said');
    const program = join(folder, 'terminal');
    await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${said}.new'\nmv '${said}.new' '${said}'\n`, {
      mode: 0o755,
    });
    await startAlone(program, ['-e', 'a b', '$HOME', "it's"]);
    const heard = await vi.waitFor(() => readFile(said, 'utf8'), { timeout: 20_000 });
    expect(heard).toBe("-e\na b\n$HOME\nit's\n");
  });

  it('that is not there is a failure', async () => {
    await expect(startAlone(join(folder, 'none'), [])).rejects.toThrow();
  });
});
