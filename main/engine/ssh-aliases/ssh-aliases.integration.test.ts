import { execFile } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Container } from '../../../shared/model/container.ts';
import type { HostKeyPin } from '../../../shared/model/memory.ts';
import { createCleanup, freePort, type SshServer, startSshServer } from '../../testing/index.ts';
import { Secret } from '../base/secret.ts';
import { aliasesOf } from './alias-file.ts';
import { createSshAliases } from './ssh-aliases.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());

async function setup(server?: SshServer) {
  const home = await mkdtemp(join(tmpdir(), 'gw-aliases-'));
  cleanup.later(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, '.ssh'));
  const config = join(home, '.ssh/config');
  let containers: readonly Container[] = [];
  let pin: HostKeyPin | undefined;
  let on = false;
  const aliases = createSshAliases({
    home,
    folder: join(home, 'gear way'),
    isOn: () => on,
    setOn: (next) => {
      on = next;
    },
    loginKey: async () => (server === undefined ? undefined : new Secret(server.privateKey)),
    aliases: (loginKey) =>
      aliasesOf({ containers, connections: [], pin: () => pin, runOf: () => '', loginKey }),
  });
  /** The container runs on this server now, with the key that it shows. */
  async function runs(at: SshServer, runId: string) {
    const { stdout } = await run('ssh-keyscan', ['-t', 'ed25519', '-p', String(at.port), at.host]);
    const key = stdout.trim().split(' ').at(2) ?? '';
    pin = { runId, fingerprint: at.fingerprint, algorithm: 'ssh-ed25519', key, acceptedAt: 1 };
    containers = [container('Vision Lab', runId, { host: at.host, port: at.port, user: at.user })];
    await aliases.refresh();
  }
  async function ends() {
    containers = [container('Vision Lab', 'c-1')];
    await aliases.refresh();
  }
  return { home, config, aliases, runs, ends, stop: () => (containers = []) };
}

/** Git as it comes, without what this person has set. */
const gitEnvironment = {
  PATH: process.env.PATH,
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

async function makeRepository(folder: string) {
  const git = (...words: readonly string[]) => run('git', ['-C', folder, ...words], { env: gitEnvironment });
  await mkdir(folder);
  await writeFile(join(folder, 'README'), 'kept in git\n');
  await git('init', '-q');
  await git('add', 'README');
  await git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '-m', 'First');
}

const container = (name: string, runId: string, ssh?: Container['ssh']) =>
  ({
    ...{ id: runId.slice(0, 1), name, runId, ssh },
    status: ssh === undefined ? { kind: 'ended', how: 'stopped' } : { kind: 'running' },
  }) as unknown as Container;

describe('names for ssh', () => {
  it('reach a container before and after a start that changes its port and its key, nothing typed', async () => {
    const options = ['Subsystem sftp internal-sftp'];
    const server = cleanup.add(await startSshServer({ options }));
    const { home, config, aliases, runs } = await setup(server);
    expect(await aliases.install()).toMatchObject({ ok: true, value: { installed: true } });
    await runs(server, 'c-1');
    const ssh = async (...words: readonly string[]) =>
      (await run('ssh', ['-F', config, '-o', 'BatchMode=yes', 'gear-vision-lab', ...words])).stdout;
    const works = async () => {
      expect(await ssh('echo', 'here')).toBe('here\n');
      await writeFile(join(home, 'sent'), 'by scp');
      await run('scp', ['-F', config, join(home, 'sent'), `gear-vision-lab:${join(home, 'got')}`]);
      expect(await readFile(join(home, 'got'), 'utf8')).toBe('by scp');
      await rm(join(home, 'by-rsync'), { force: true });
      await run('rsync', [
        '-e',
        `ssh -F ${config} -o BatchMode=yes`,
        join(home, 'sent'),
        `gear-vision-lab:${home}/by-rsync`,
      ]);
      expect(await readFile(join(home, 'by-rsync'), 'utf8')).toBe('by scp');
      await rm(join(home, 'clone'), { recursive: true, force: true });
      await run('git', ['clone', '-q', `ssh://gear-vision-lab${home}/origin`, join(home, 'clone')], {
        env: { ...gitEnvironment, GIT_SSH_COMMAND: `ssh -F ${config} -o BatchMode=yes` },
      });
      expect(await readFile(join(home, 'clone/README'), 'utf8')).toBe('kept in git\n');
      // As editors connect.
      const shell = run('ssh', [
        '-F',
        config,
        '-o',
        'BatchMode=yes',
        '-T',
        '-D',
        String(await freePort()),
        'gear-vision-lab',
        'bash',
        '-s',
      ]);
      shell.child.stdin?.end('echo from a script\n');
      expect((await shell).stdout).toBe('from a script\n');
    };
    await makeRepository(join(home, 'origin'));
    await works();
    const again = cleanup.add(await startSshServer({ options }));
    // The same login key opens the next run, at another port and with another host key.
    const { stdout } = await run('ssh-keygen', ['-y', '-f', server.keyFile]);
    await writeFile(again.keyFile.replace(/client$/, 'authorized_keys'), stdout);
    await runs(again, 'c-2');
    await works();
    expect(((await lstat(join(home, 'gear way/ssh/login_key'))).mode & 0o777).toString(8)).toBe('600');
  });

  it('that stand for another key than the pinned one are refused by ssh', async () => {
    const server = cleanup.add(await startSshServer());
    const { config, aliases, runs } = await setup(server);
    await aliases.install();
    await runs(server, 'c-1');
    await server.restart({ newHostKey: true });
    await expect(
      run('ssh', ['-F', config, '-o', 'BatchMode=yes', 'gear-vision-lab', 'true']),
    ).rejects.toThrow(/REMOTE HOST IDENTIFICATION|Host key verification failed/);
  });

  it('ask Gearway about a container that does not run, which says so in one line', async () => {
    const server = cleanup.add(await startSshServer());
    const { home, config, aliases, runs, ends } = await setup(server);
    await aliases.install();
    await runs(server, 'c-1');
    expect(aliases.endpoint('gear-vision-lab')).toEqual({
      ok: true,
      value: { host: server.host, port: server.port },
    });
    await ends();
    expect(aliases.endpoint('gear-vision-lab')).toMatchObject({
      error: { code: 'container_not_running', params: { containerId: 'c' } },
    });
    expect(aliases.endpoint('gear-other')).toMatchObject({ error: { code: 'ssh_alias_unknown' } });
    // What ssh starts, in the place of the command line.
    const bin = join(home, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'gearway'), '#!/bin/sh\necho "$* does not run" >&2\nexit 1\n', { mode: 0o755 });
    const env = { ...process.env, SHELL: '/bin/sh', PATH: `${bin}:${process.env.PATH}` };
    await expect(
      run('ssh', ['-F', config, '-o', 'BatchMode=yes', 'gear-vision-lab', 'true'], { env }),
    ).rejects.toMatchObject({ stderr: expect.stringContaining('ssh-proxy gear-vision-lab does not run\n') });
  });

  it('are empty of what is gone', async () => {
    const server = cleanup.add(await startSshServer());
    const { aliases, runs, stop } = await setup(server);
    await aliases.install();
    await runs(server, 'c-1');
    stop();
    await aliases.refresh();
    expect(await aliases.show()).toMatchObject({
      value: { aliases: [], text: expect.not.stringContaining('gear-') },
    });
  });

  const odd = [
    'Host *',
    '\tPort\t22',
    'Match exec "x"',
    'Include other',
    '# 备注 \u0000\u00ff',
    '',
    '   ',
    'Host "a b" !c',
    'ProxyCommand nc %h',
  ];
  const many = (end: string) => Array.from({ length: 1_000 }, (_, at) => odd[at % odd.length]).join(end);
  it.each<[string, Buffer]>([
    ['a thousand odd lines', Buffer.from(`${many('\n')}\n`)],
    ['with the ends of lines of Windows', Buffer.from(`${many('\r\n')}\r\n`)],
    ['without an end of the last line', Buffer.from(many('\n'))],
    ['in another coding', Buffer.from([0xff, 0xfe, 0x0a, 0x80, 0x0d, 0x0a])],
    ['empty', Buffer.alloc(0)],
  ])('leave the file of the person as it was, but for one line: %s', async (_name, bytes) => {
    const { config, aliases } = await setup();
    await writeFile(config, bytes, { mode: 0o644 });
    await aliases.install();
    await aliases.install();
    const between = await readFile(config);
    const end = bytes.includes('\r\n') && bytes.indexOf('\r\n') + 1 === bytes.indexOf('\n') ? '\r\n' : '\n';
    const shown = await aliases.show();
    if (!shown.ok) throw new Error(shown.error.code);
    expect(between.equals(Buffer.concat([Buffer.from(shown.value.line + end), bytes]))).toBe(true);
    expect((await lstat(config)).mode & 0o777).toBe(0o644);
    await aliases.remove();
    expect((await readFile(config)).equals(bytes)).toBe(true);
  });

  it('go through a link, and leave it one', async () => {
    const { home, config, aliases } = await setup();
    await writeFile(join(home, 'dotfiles'), 'Host x\n');
    await symlink(join(home, 'dotfiles'), config);
    await aliases.install();
    expect((await lstat(config)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(home, 'dotfiles'), 'utf8')).toMatch(/^Include .*\nHost x\n$/);
  });

  it('touch no file that may not be written, and say so', async () => {
    const { config, aliases } = await setup();
    await writeFile(config, 'Host x\n');
    await chmod(config, 0o444);
    expect(await aliases.install()).toMatchObject({
      error: { code: 'ssh_config_read_only', params: { file: config } },
    });
    expect(await readFile(config, 'utf8')).toBe('Host x\n');
  });
});

describe('the names of containers', () => {
  it('are safe, stable and never two for one', () => {
    const containers = ['A b', 'a-b', '实验室', 'x;id\n', '..'].map((name, at) =>
      container(name, `${at}-run`, { host: 'h', port: 22, user: 'root' }),
    );
    const none = { connections: [], pin: () => undefined, runOf: () => '', loginKey: undefined };
    expect(aliasesOf({ ...none, containers }).map(({ alias }) => alias)).toEqual([
      'gear-a-b',
      'gear-a-b-2',
      'gear-2',
      'gear-x-id',
      'gear-4',
    ]);
    expect(aliasesOf({ ...none, containers: containers.toReversed() }).map(({ alias }) => alias)).toContain(
      'gear-a-b-2',
    );
    const hostile = container('x', '1-run', { host: 'h\n  ProxyCommand id', port: 22, user: 'root' });
    expect(aliasesOf({ ...none, containers: [hostile] })).toEqual([]);
  });
});
