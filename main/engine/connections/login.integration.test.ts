import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCleanup, type SshServer, startChild, startSshServer, until } from '../../testing/index.ts';
import { createConnectionLab, done, pasted, saved } from './testing/connections.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());
const { engine, emptyHome } = createConnectionLab(cleanup);

let server: SshServer;
beforeAll(async () => {
  server = await startSshServer();
  return () => server.stop();
});

type Lab = Awaited<ReturnType<typeof engine>>;

/** Connects, and accepts the key that is shown. */
async function connect({ ask }: Lab, id: string, at: SshServer) {
  await ask('connections.connect', { id });
  return ask('connections.acceptKey', { id, fingerprint: at.fingerprint });
}

async function agentWith(home: string, keyFiles: readonly string[]): Promise<string> {
  const socket = join(home, 'agent');
  cleanup.add(startChild(['ssh-agent', '-D', '-a', socket]));
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  await until('the agent', () =>
    run('ssh-add', ['-l'], { env }).then(
      () => true,
      (error: { readonly code?: number }) => error.code === 1,
    ),
  );
  for (const file of keyFiles) await run('ssh-add', ['-q', file], { env });
  return socket;
}

async function freshKey(home: string, name: string): Promise<string> {
  const file = join(home, name);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
  return file;
}

describe('a connection signs in as ssh does', () => {
  it('by the usual keys of the home folder, where nothing is named', async () => {
    const home = await emptyHome();
    await copyFile(server.keyFile, join(home, '.ssh/id_ed25519'));
    const lab = await engine({ home });
    const id = await pasted(lab.ask, `ssh -p ${server.port} root@127.0.0.1`);
    expect(await connect(lab, id, server)).toEqual(done);
  });

  it('by the one of several keys that opens, absent ones passed over', async () => {
    const home = await emptyHome();
    const lab = await engine({ home });
    const other = await freshKey(home, 'other');
    const id = await pasted(
      lab.ask,
      `ssh -i /nowhere/key -i ${other} -i ${server.keyFile} -p ${server.port} root@127.0.0.1`,
    );
    expect(await connect(lab, id, server)).toEqual(done);
  });

  it('says that the only key that was named is not there', async () => {
    const lab = await engine();
    const id = await saved(lab.ask, server, { login: 'key', keyFiles: '~/.ssh/absent' });
    expect(await connect(lab, id, server)).toMatchObject({
      error: { code: 'key_file_missing', params: { file: '~/.ssh/absent' } },
    });
  });

  it('by the key of the agent that a public file names, and no other one of it', async () => {
    const home = await emptyHome();
    const wrong = await freshKey(home, 'wrong');
    const agent = await agentWith(home, [wrong, server.keyFile]);
    await copyFile(`${server.keyFile}.pub`, join(home, 'named.pub'));
    const lab = await engine({ home, agent });
    const before = server.log().length;
    const id = await pasted(
      lab.ask,
      `ssh -o IdentitiesOnly=yes -i ${join(home, 'named.pub')} -p ${server.port} root@127.0.0.1`,
    );
    expect(await connect(lab, id, server)).toEqual(done);
    expect(server.log().slice(before)).not.toContain('Failed publickey');
  });

  it('by files where the agent is stale', async () => {
    const lab = await engine({ agent: '/nowhere/agent' });
    const id = await pasted(lab.ask, `ssh -i ${server.keyFile} -p ${server.port} root@127.0.0.1`);
    expect(await connect(lab, id, server)).toEqual(done);
  });

  it('by a password only where the server wants one, asked after its key was accepted', async () => {
    const lab = await engine();
    const id = await pasted(lab.ask, `ssh -p ${server.port} root@127.0.0.1`);
    expect(await connect(lab, id, server)).toMatchObject({ error: { code: 'ssh_password_needed' } });
    expect(lab.connection(id).need).toEqual({ kind: 'password', refused: false });
    await lab.ask('connections.giveSecret', { id, secret: server.password, keep: false });
    expect(lab.connection(id).state.kind).toBe('connected');
  });

  it.each([
    ['publickey,password', []],
    [
      'publickey,keyboard-interactive',
      ['UsePAM yes', 'PasswordAuthentication no', 'KbdInteractiveAuthentication yes'],
    ],
  ] as const)('by several factors: %s', async (methods, options) => {
    const own = cleanup.add(
      await startSshServer({ options: [`AuthenticationMethods ${methods}`, ...options] }),
    );
    const lab = await engine();
    const id = await pasted(lab.ask, `ssh -i ${own.keyFile} -p ${own.port} root@127.0.0.1`);
    expect(await connect(lab, id, own)).toMatchObject({ error: { code: 'ssh_password_needed' } });
    expect(await lab.ask('connections.giveSecret', { id, secret: own.password, keep: false })).toEqual(done);
    await until('the log', () => /Accepted (?:password|keyboard-interactive)/.test(own.log()));
  });

  it('asks for the passphrase of each key only where the server takes that key', async () => {
    const home = await emptyHome();
    const locked = await freshKey(home, 'locked');
    await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'hush', '-f', locked]);
    const lab = await engine({ home });
    const id = await pasted(
      lab.ask,
      `ssh -i ${locked} -i ${server.keyFile} -p ${server.port} root@127.0.0.1`,
    );
    expect(await connect(lab, id, server)).toEqual(done);
  });

  it('takes each of several keys of one type that known_hosts has', async () => {
    const home = await emptyHome();
    const other = await readFile(`${await freshKey(home, 'x')}.pub`, 'utf8');
    const { stdout } = await run('ssh-keyscan', ['-t', 'ed25519', '-p', String(server.port), '127.0.0.1']);
    const lines = `[127.0.0.1]:${server.port} ${other.split(' ').slice(0, 2).join(' ')}\n${stdout}`;
    await writeFile(join(home, '.ssh/known_hosts'), lines);
    const lab = await engine({ home });
    const id = await pasted(lab.ask, `ssh -i ${server.keyFile} -p ${server.port} root@127.0.0.1`);
    expect(await lab.ask('connections.connect', { id })).toEqual(done);
  });

  it('looks at no device and no pipe that is named as a key', async () => {
    const home = await emptyHome();
    await run('mkfifo', [join(home, 'pipe')]);
    const lab = await engine({ home });
    for (const file of ['/dev/zero', join(home, 'pipe'), '/proc/kcore']) {
      const id = await saved(lab.ask, server, { login: 'key', keyFiles: file });
      expect(await connect(lab, id, server)).toMatchObject({ error: { code: 'key_file_missing' } });
    }
  });
});

describe('a password', () => {
  it('is for one place: it goes with the host, the port and the user that it was given for', async () => {
    const lab = await engine();
    const id = await saved(lab.ask, server, { login: 'password' });
    await connect(lab, id, server);
    expect(await lab.ask('connections.giveSecret', { id, secret: server.password, keep: true })).toEqual(
      done,
    );
    const other = cleanup.add(await startSshServer());
    await saved(lab.ask, other, { id, login: 'password' });
    expect(await connect(lab, id, other)).toMatchObject({ error: { code: 'ssh_password_needed' } });
    expect(other.log()).not.toMatch(/Accepted password|Failed password/);
    // Not even where it leads to the first place again.
    await saved(lab.ask, server, { id, login: 'password' });
    expect(await lab.ask('connections.connect', { id })).toMatchObject({
      error: { code: 'ssh_password_needed' },
    });
  });
});

describe('a pasted command with forwards', () => {
  it('opens them as soon as its key is accepted, but for those that others could reach', async () => {
    const lab = await engine();
    const answer = await lab.ask('connections.paste', {
      command: `ssh -i ${server.keyFile} -p ${server.port} -D 0 -D 0.0.0.0:0 root@127.0.0.1`,
      open: true,
    });
    const { id } = (answer.ok ? answer.value : {}) as { readonly id: string };
    await until('the question for the key', () => lab.connection(id).need?.kind === 'hostKey');
    expect(await lab.ask('connections.acceptKey', { id, fingerprint: server.fingerprint })).toEqual(done);
    await until('the forward', () => lab.connection(id).forwards[0]?.tunnel.state.kind === 'connected');
    expect(lab.connection(id).forwards[1]).toMatchObject({
      open: false,
      tunnel: { state: { kind: 'closed' } },
    });
  });

  it('tells what it does not carry out, until that was read', async () => {
    const lab = await engine();
    const id = await pasted(lab.ask, 'ssh -o ProxyCommand=x -o StrictHostKeyChecking=no h nvidia-smi');
    expect(lab.connection(id).notTaken?.map(({ text }) => text)).toEqual([
      '-o StrictHostKeyChecking=no',
      'nvidia-smi',
      'ProxyCommand x',
    ]);
    expect(await lab.ask('connections.heed', { id })).toEqual(done);
    expect(lab.connection(id).notTaken).toBeUndefined();
  });
});
