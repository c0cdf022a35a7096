import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../shared/model/connection.ts';
import { emptyMemory, type Memory } from '../../../shared/model/memory.ts';
import type { Removed } from '../../../shared/model/removed.ts';
import type { Result } from '../../../shared/result.ts';
import {
  createCleanup,
  freePort,
  type SshServer,
  startChild,
  startSshServer,
  until,
} from '../../testing/index.ts';
import { ownSshFiles } from '../own-ssh-files.ts';
import { Secret, type SecretStore } from '../secret.ts';
import { makeEngine } from '../test-engine.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());

let server: SshServer;
beforeAll(async () => {
  server = await startSshServer();
  return () => server.stop();
});

describe('a connection of a person', () => {
  it('shows the key of a new host, sends nothing before it was accepted, and remembers it', async () => {
    const { ask, connection, memory } = await engine();
    const id = await pasted(ask, `ssh -p ${server.port} -i ${server.keyFile} root@127.0.0.1`);
    const before = server.log().length;
    expect(await ask('connections.connect', { id })).toMatchObject({
      ok: false,
      error: { code: 'ssh_host_key_unknown' },
    });
    expect(connection(id).need).toMatchObject({ kind: 'hostKey', fingerprint: server.fingerprint });
    expect(server.log().slice(before)).not.toMatch(/Accepted|Failed|Invalid user/);

    expect(await ask('connections.acceptKey', { id, fingerprint: 'SHA256:other' })).toMatchObject({
      ok: false,
    });
    expect(await ask('connections.acceptKey', { id, fingerprint: server.fingerprint })).toEqual(done);
    expect(connection(id)).toMatchObject({ state: { kind: 'connected' } });
    expect(connection(id).need).toBeUndefined();

    const again = await engine({ memory: memory() });
    expect(await again.ask('connections.connect', { id })).toEqual(done);
  });

  it('stops before another key of a known host', async () => {
    const own = cleanup.add(await startSshServer());
    const { ask, connection } = await engine();
    const id = await accepted(ask, own);
    await ask('connections.disconnect', { id });
    const known = own.fingerprint;
    await own.restart({ newHostKey: true });
    expect(await ask('connections.connect', { id })).toMatchObject({
      error: { code: 'ssh_host_key_changed' },
    });
    expect(connection(id).need).toEqual({ kind: 'changedKey', expected: known, got: own.fingerprint });
  });

  it('takes the key of a host from known_hosts, hashed names too', async () => {
    const home = await emptyHome();
    const { stdout } = await run('ssh-keyscan', [
      '-H',
      '-t',
      'ed25519',
      '-p',
      String(server.port),
      '127.0.0.1',
    ]);
    await writeFile(join(home, '.ssh/known_hosts'), stdout);
    const { ask } = await engine({ home });
    const id = await pasted(ask, `ssh -p ${server.port} -i ${server.keyFile} root@127.0.0.1`);
    expect(await ask('connections.connect', { id })).toEqual(done);
  });

  it('asks for a password, says when it was refused, and keeps it on wish', async () => {
    const { ask, connection, memory, secrets } = await engine();
    const id = await saved(ask, { login: 'password' });
    await ask('connections.connect', { id });
    expect(connection(id).need).toEqual({ kind: 'password', refused: false });
    await ask('connections.giveSecret', { id, secret: 'wrong', keep: false });
    await ask('connections.acceptKey', { id, fingerprint: server.fingerprint });
    expect(connection(id).need).toEqual({ kind: 'password', refused: true });
    expect(await ask('connections.giveSecret', { id, secret: server.password, keep: true })).toEqual(done);
    expect(JSON.stringify([connection(id), memory()])).not.toContain(server.password);

    const again = await engine({ memory: memory(), secrets });
    expect(await again.ask('connections.connect', { id })).toEqual(done);
    // It is gone with the connection, and comes back with it.
    const gone = (await again.ask('connections.remove', { id })) as Result<Removed>;
    expect(await secrets.read(`connection ${id}`)).toBeUndefined();
    expect(await again.ask('undo.putBack', { undoId: gone.ok ? gone.value.undoId : '' })).toEqual(done);
    const once = await engine({ memory: again.memory(), secrets });
    expect(await once.ask('connections.connect', { id })).toEqual(done);
  });

  it('asks for the passphrase of a key once, and keeps it on wish', async () => {
    const home = await emptyHome();
    const keyFile = join(home, '.ssh/locked');
    await writeFile(keyFile, await readFile(server.keyFile), { mode: 0o600 });
    await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'hush hush', '-f', keyFile]);
    const { ask, connection, memory, secrets } = await engine({ home });
    const id = await saved(ask, { login: 'key', keyFile: '~/.ssh/locked' });
    await ask('connections.connect', { id });
    expect(connection(id).need).toEqual({ kind: 'passphrase', refused: false });
    await ask('connections.giveSecret', { id, secret: 'no', keep: false });
    expect(connection(id).need).toEqual({ kind: 'passphrase', refused: true });
    await ask('connections.giveSecret', { id, secret: 'hush hush', keep: true });
    expect(await ask('connections.acceptKey', { id, fingerprint: server.fingerprint })).toEqual(done);
    expect(JSON.stringify([connection(id), memory()])).not.toContain('hush hush');

    const again = await engine({ home, memory: memory(), secrets });
    expect(await again.ask('connections.connect', { id })).toEqual(done);
  });

  it('reaches a server that knows no elliptic curves only with the switch for old hosts', async () => {
    const own = cleanup.add(
      await startSshServer({ options: ['KexAlgorithms diffie-hellman-group14-sha256'] }),
    );
    const { ask, connection } = await engine();
    const at = { login: 'key', port: String(own.port), keyFile: own.keyFile };
    const id = await saved(ask, at);
    expect(await ask('connections.connect', { id })).toMatchObject({
      error: { code: 'ssh_no_common_algorithm' },
    });
    await saved(ask, { ...at, id, old: true });
    expect(connection(id).old).toBe(true);
    await ask('connections.connect', { id });
    expect(await ask('connections.acceptKey', { id, fingerprint: own.fingerprint })).toEqual(done);
  });

  it('signs in with what an agent holds', async () => {
    const home = await emptyHome();
    const socket = join(home, 'agent');
    cleanup.add(startChild(['ssh-agent', '-D', '-a', socket]));
    await until('the agent', () =>
      run('ssh-add', [server.keyFile], { env: { ...process.env, SSH_AUTH_SOCK: socket } }).then(
        () => true,
        () => false,
      ),
    );
    const { ask } = await engine({ agent: socket });
    const id = await saved(ask, { login: 'agent' });
    await ask('connections.connect', { id });
    expect(await ask('connections.acceptKey', { id, fingerprint: server.fingerprint })).toEqual(done);
  });

  it('asks a person what the server asks', async () => {
    const own = cleanup.add(
      await startSshServer({
        options: ['UsePAM yes', 'PasswordAuthentication no', 'KbdInteractiveAuthentication yes'],
      }),
    );
    const { ask, connection } = await engine();
    const id = await saved(ask, { login: 'questions', port: String(own.port) });
    await ask('connections.connect', { id });
    const accepting = ask('connections.acceptKey', { id, fingerprint: own.fingerprint });
    const need = await until('the question', () => {
      const found = connection(id).need;
      return found?.kind === 'questions' && found;
    });
    expect(need.prompts).toMatchObject([{ echo: false }]);
    await ask('connections.answer', { id, answers: [own.password] });
    expect(await accepting).toEqual(done);
  });

  it('leads through jump hosts, and refuses a circle', async () => {
    const inner = cleanup.add(await startSshServer());
    const { ask, connection, connections } = await engine();
    const id = await pasted(
      ask,
      `ssh -J root@127.0.0.1:${server.port} -p ${inner.port} -i ${server.keyFile} root@127.0.0.1`,
    );
    const via = connection(id).via ?? '';
    expect(connections()).toHaveLength(2);
    await ask('connections.connect', { id });
    expect(connection(via).need).toMatchObject({ kind: 'hostKey', fingerprint: server.fingerprint });
    expect(connection(id).need).toBeUndefined();
    await ask('connections.acceptKey', { id: via, fingerprint: server.fingerprint });
    await ask('connections.connect', { id });
    expect(connection(id).need).toMatchObject({ kind: 'hostKey', fingerprint: inner.fingerprint });
    const typed = (of: string) => {
      const { name, host, port, user, login } = connection(of);
      return { id: of, name, host, port: String(port), user, login };
    };
    await ask('connections.save', { ...typed(id), keyFile: inner.keyFile, via });
    expect(await ask('connections.acceptKey', { id, fingerprint: inner.fingerprint })).toEqual(done);
    expect(inner.log()).toMatch(/Accepted publickey/);
    expect(connection(id).command).toContain(`-J root@127.0.0.1:${server.port}`);
    expect(await ask('connections.remove', { id: via })).toMatchObject({
      error: { code: 'connection_in_use' },
    });
    const circle = { ...typed(via), keyFile: server.keyFile, via: id };
    expect(await ask('connections.save', circle)).toMatchObject({ error: { code: 'ssh_jump_loop' } });
  });
});

describe('a forward', () => {
  it('leads from a local port to a host that the far side reaches, IPv6 and Unix sockets too', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const six = await echo('::1');
    const folder = await emptyHome();
    const path = join(folder, 'echo');
    await echo(path);
    for (const target of [`127.0.0.1:${await echo('127.0.0.1')}`, `[::1]:${six}`, path]) {
      const made = await added(ask, id, 'local', `0:${target}`);
      const state = await until('the forward', () => forward(made)?.tunnel.state.kind === 'connected');
      expect(state).toBe(true);
      expect(await say(forward(made)?.port ?? 0)).toBe('hello');
      expect(forward(made)?.tunnel.command).toContain('-L');
    }
  });

  it('by SOCKS5 leads where each client says, and tells it what is refused', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const made = await added(ask, id, 'dynamic', '0');
    await until('the forward', () => forward(made)?.tunnel.state.kind === 'connected');
    const web = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nthrough'));
    }).listen(0, '127.0.0.1');
    await once(web, 'listening');
    cleanup.later(() => void web.close());
    const proxy = `127.0.0.1:${forward(made)?.port}`;
    const { port } = web.address() as AddressInfo;
    const { stdout } = await run('curl', ['-s', '--socks5-hostname', proxy, `http://localhost:${port}/`]);
    expect(stdout).toBe('through');
    const refused = run('curl', ['-s', '--socks5', proxy, `http://127.0.0.1:${await freePort()}/`]);
    await expect(refused).rejects.toMatchObject({ code: 97 });
    expect(forward(made)?.tunnel.state.kind).toBe('connected');
  });

  it('from the far side leads to a port of this computer', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const far = await freePort();
    const made = await added(ask, id, 'remote', `${far}:127.0.0.1:${await echo('127.0.0.1')}`);
    await until('the forward', () => forward(made)?.tunnel.state.kind === 'connected');
    expect(await say(far)).toBe('hello');
    await until('the count', () => (forward(made)?.tunnel.traffic?.bytesUp ?? 0) > 0);
    expect(forward(made)?.tunnel.figures).toMatchObject({ upSince: expect.any(Number), lastErrors: [] });
    await ask('forwards.close', { id: made });
    await until('the far port to be left', () =>
      say(far).then(
        () => false,
        () => true,
      ),
    );
  });

  it('that the server refuses says so', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    cleanup.later(() => void taken.close());
    const made = await added(ask, id, 'remote', `${(taken.address() as AddressInfo).port}:127.0.0.1:9`);
    const state = await until('the refusal', () => {
      const found = forward(made)?.tunnel.state;
      return found?.kind === 'unanswered' && found;
    });
    expect(state.error.code).toBe('ssh_forward_refused');
  });

  it('listens for others only once that was confirmed, and names who holds a port', async () => {
    const { ask } = await engine();
    const id = await accepted(ask, server);
    const wanted = { connectionId: id, direction: 'local', forward: '0.0.0.0:0:127.0.0.1:9' };
    expect(await ask('forwards.save', wanted)).toMatchObject({
      error: { code: 'bind_not_confirmed', params: { bind: '0.0.0.0' } },
    });
    expect(await ask('forwards.save', { ...wanted, confirmed: true })).toMatchObject({ ok: true });
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    cleanup.later(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const busy = { connectionId: id, direction: 'local', forward: `${port}:127.0.0.1:9` };
    expect(await ask('forwards.save', busy)).toMatchObject({
      error: { code: 'local_port_busy', params: { port, free: expect.any(Number), pid: process.pid } },
    });
  });

  it('is changed in place, and goes on as it was where it cannot be', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const made = await added(ask, id, 'local', `0:127.0.0.1:${await echo('127.0.0.1')}`);
    const port = forward(made)?.port ?? 0;
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    cleanup.later(() => void taken.close());
    const change = (typed: string) =>
      ask('forwards.save', { connectionId: id, id: made, direction: 'local', forward: typed });
    const busy = (taken.address() as AddressInfo).port;
    expect(await change(`${busy}:127.0.0.1:9`)).toMatchObject({ error: { code: 'local_port_busy' } });
    expect(await say(port)).toBe('hello');
    expect(await change(`0:127.0.0.1:${await echo('127.0.0.1')}`)).toMatchObject({ ok: true });
    expect(await say(forward(made)?.port ?? 0)).toBe('hello');
  });

  it('comes back at its port when the engine starts again', async () => {
    const first = await engine();
    const id = await accepted(first.ask, server);
    const made = await added(first.ask, id, 'local', `0:127.0.0.1:${await echo('127.0.0.1')}`);
    const port = first.forward(made)?.port ?? 0;
    await first.stop();
    const { forward } = await engine({ memory: first.memory() });
    await until('the forward', () => forward(made)?.tunnel.state.kind === 'connected');
    expect(await say(port)).toBe('hello');
  });
});

describe('a forward to a port that nothing listens on', () => {
  it('says so by the name of its machine: there is no container', async () => {
    const { ask, connection } = await engine();
    const id = await accepted(ask, server);
    await added(ask, id, 'local', `0:127.0.0.1:${await freePort()}`);
    const forward = connection(id).forwards[0];
    await ask('forwards.open', { id: forward?.id });
    const state = await until('the refusal', () => {
      const now = connection(id).forwards[0]?.tunnel.state;
      return now?.kind === 'unanswered' && now;
    });
    expect(state.error).toMatchObject({
      code: 'target_refused',
      params: { machine: connection(id).name },
    });
  });
});

describe('a pasted command', () => {
  it('names its connection so that those of one host can be told apart', async () => {
    const { ask, connections } = await engine();
    for (const command of [
      'ssh root@gear.example',
      'ssh root@gear.example -p31612',
      'root@gear.example:31612',
    ])
      await pasted(ask, command);
    expect(connections().map(({ name }) => name)).toEqual([
      'gear.example',
      'gear.example:31612',
      'gear.example:31612 (2)',
    ]);
  });

  it('takes from the configuration what a name stands for there, and goes before it', async () => {
    const home = await emptyHome();
    await writeFile(
      join(home, '.ssh/config'),
      'Host lab\n  HostName 10.0.0.1\n  Port 2222\n  User worker\n  IdentityFile ~/.ssh/lab\n',
    );
    const { ask, connection } = await engine({ home });
    expect(connection(await pasted(ask, 'ssh lab -L 5405:127.0.0.1:5301'))).toMatchObject({
      name: 'lab',
      host: '10.0.0.1',
      port: 2222,
      user: 'worker',
      login: 'key',
      keyFile: '~/.ssh/lab',
      forwards: [{ direction: 'local', port: 5405, hostPort: 5301 }],
    });
    expect(connection(await pasted(ask, 'ssh root@lab -p 22022 -i other'))).toMatchObject({
      host: '10.0.0.1',
      port: 22022,
      user: 'root',
      keyFile: 'other',
    });
    expect(connection(await pasted(ask, 'ssh elsewhere'))).toMatchObject({ host: 'elsewhere', user: 'root' });
  });
});

describe('the import of a configuration', () => {
  it('counts what is included under a Host line for the hosts of that line only', async () => {
    const home = await emptyHome();
    await writeFile(
      join(home, '.ssh/config'),
      ['Host lab-*', '  Include work', 'Host lab-1 other', '  Port 2222'].join('\n'),
    );
    await writeFile(
      join(home, '.ssh/work'),
      'User worker\nHost lab-1\n  HostName 10.0.0.1\nHost other\n  User me\n',
    );
    const { ask } = await engine({ home });
    expect(await ask('connections.importable', {})).toMatchObject({
      value: {
        hosts: [
          { alias: 'lab-1', host: '10.0.0.1', port: 2222, user: 'worker' },
          { alias: 'other', host: 'other', port: 2222, user: userInfo().username },
        ],
      },
    });
  });

  it('takes hosts, jumps and forwards, follows Include, and never runs what Match exec says', async () => {
    const home = await emptyHome();
    const marker = join(home, 'ran');
    await mkdir(join(home, '.ssh/config.d'));
    await writeFile(
      join(home, '.ssh/config'),
      [
        'Include config.d/*',
        `Match exec "touch ${marker}"`,
        '  User evil',
        'Host *.pattern !not',
        '  Port 1',
        'Host lab',
        '  HostName 10.0.0.9',
        '  IdentityFile ~/.ssh/lab',
        '  ProxyJump gate',
        '  LocalForward 5405 127.0.0.1:5301',
        'Include config',
      ].join('\n'),
    );
    await writeFile(
      join(home, '.ssh/config.d/a'),
      'Host gate\n  HostName gate.example.com\n  Port 2222\n  User me\n',
    );
    const { ask, connections } = await engine({ home });
    expect(await ask('connections.importable', {})).toMatchObject({
      value: {
        hosts: [
          { alias: 'gate', port: 2222, user: 'me' },
          { alias: 'lab', host: '10.0.0.9' },
        ],
      },
    });
    expect(await ask('connections.import', { aliases: ['lab'] })).toMatchObject({ value: { count: 1 } });
    const gate = connections().find(({ host }) => host === 'gate.example.com');
    expect(connections().find(({ name }) => name === 'lab')).toMatchObject({
      via: gate?.id,
      keyFile: '~/.ssh/lab',
      forwards: [{ direction: 'local', port: 5405, host: '127.0.0.1', hostPort: 5301, open: false }],
    });
    await expect(readFile(marker)).rejects.toThrow();
  });
});

const done = { ok: true, value: null };
type Ask = (name: string, input: unknown) => Promise<Result<unknown>>;

async function engine(
  how: {
    readonly memory?: Memory;
    readonly secrets?: SecretStore;
    readonly home?: string;
    readonly agent?: string;
  } = {},
) {
  let memory = how.memory ?? emptyMemory();
  const secrets = how.secrets ?? secretsInMemory();
  const made = makeEngine(cleanup, {
    memory,
    remember: (next) => {
      memory = next;
    },
    secrets,
    sshFiles: ownSshFiles(how.home ?? (await emptyHome())),
    sshAgent: how.agent ?? '/nowhere',
  });
  await made.start();
  const stop = () => made.stop();
  const ask: Ask = (name, input) => made.handle(name, input, AbortSignal.timeout(30_000));
  const connections = (): readonly Connection[] => Object.values(made.snapshot().state.connections);
  return {
    ask,
    stop,
    secrets,
    connections,
    memory: () => memory,
    connection(id: string): Connection {
      const found = connections().find((each) => each.id === id);
      if (found === undefined) throw new Error('no such connection');
      return found;
    },
    forward: (id: string) =>
      connections()
        .flatMap(({ forwards }) => forwards)
        .find((each) => each.id === id),
  };
}

function secretsInMemory(): SecretStore {
  const kept = new Map<string, Secret>();
  return {
    read: async (id) => kept.get(id),
    write: async (id, secret) => void kept.set(id, new Secret(secret.reveal())),
    forget: async (id) => void kept.delete(id),
  };
}

async function emptyHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'gw-home-'));
  cleanup.later(() => rm(home, { recursive: true, force: true }));
  await mkdir(join(home, '.ssh'));
  return home;
}

const idIn = (answer: Result<unknown>): string => {
  if (!answer.ok) throw new Error(answer.error.code);
  return (answer.value as { readonly id: string }).id;
};
const pasted = async (ask: Ask, command: string) => idIn(await ask('connections.paste', { command }));
const saved = async (ask: Ask, part: object) =>
  idIn(
    await ask('connections.save', {
      name: '',
      host: '127.0.0.1',
      port: String(server.port),
      user: 'root',
      login: 'key',
      ...part,
    }),
  );
const added = async (ask: Ask, connectionId: string, direction: string, forward: string) =>
  idIn(await ask('forwards.save', { connectionId, direction, forward }));

/** A connection to this server, its key accepted. */
async function accepted(ask: Ask, at: SshServer): Promise<string> {
  const id = await pasted(ask, `ssh -p ${at.port} -i ${at.keyFile} root@127.0.0.1`);
  await ask('connections.connect', { id });
  expect(await ask('connections.acceptKey', { id, fingerprint: at.fingerprint })).toEqual(done);
  return id;
}

/** Sends back what it gets; gives its port, where it has one. */
async function echo(where: string): Promise<number> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  if (where.startsWith('/')) listener.listen(where);
  else listener.listen(0, where);
  await once(listener, 'listening');
  cleanup.later(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  const address = listener.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function say(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('closed')));
    socket.once('data', (chunk: Buffer) => {
      socket.destroy();
      resolve(chunk.toString());
    });
    socket.write('hello');
  });
}
