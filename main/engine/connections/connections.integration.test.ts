import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Removed } from '../../../shared/model/removed.ts';
import type { Result } from '../../../shared/result.ts';
import { createCleanup, type SshServer, startChild, startSshServer, until } from '../../testing/index.ts';

import { accepted, createConnectionLab, done, pasted, saved } from './testing/connections.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());
const { engine, emptyHome } = createConnectionLab(cleanup);

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
    const id = await saved(ask, server, { login: 'password' });
    await ask('connections.connect', { id });
    // Whose key it is comes before the password.
    expect(connection(id).need).toMatchObject({ kind: 'hostKey' });
    await ask('connections.acceptKey', { id, fingerprint: server.fingerprint });
    expect(connection(id).need).toEqual({ kind: 'password', refused: false });
    await ask('connections.giveSecret', { id, secret: 'wrong', keep: false });
    expect(connection(id).need).toEqual({ kind: 'password', refused: true });
    expect(await ask('connections.giveSecret', { id, secret: server.password, keep: true })).toEqual(done);
    expect(JSON.stringify([connection(id), memory()])).not.toContain(server.password);

    const again = await engine({ memory: memory(), secrets });
    expect(await again.ask('connections.connect', { id })).toEqual(done);
    // It is gone with the connection, and comes back with it.
    const gone = (await again.ask('connections.remove', { id })) as Result<Removed>;
    const name = `connection ${id} root@127.0.0.1:${server.port}`;
    expect(await secrets.read(name)).toBeUndefined();
    expect(await again.ask('undo.putBack', { undoId: gone.ok ? gone.value.undoId : '' })).toEqual(done);
    expect(await secrets.isKept(name)).toBe(true);
    const once = await engine({ memory: again.memory(), secrets });
    expect(await once.ask('connections.connect', { id })).toEqual(done);
  });

  it('asks for the passphrase of a key once, and keeps it on wish', async () => {
    const home = await emptyHome();
    const keyFile = join(home, '.ssh/locked');
    await writeFile(keyFile, await readFile(server.keyFile), { mode: 0o600 });
    await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'hush hush', '-f', keyFile]);
    const { ask, connection, memory, secrets } = await engine({ home });
    const id = await saved(ask, server, { login: 'key', keyFiles: '~/.ssh/locked' });
    await ask('connections.connect', { id });
    await ask('connections.acceptKey', { id, fingerprint: server.fingerprint });
    const file = '~/.ssh/locked';
    expect(connection(id).need).toEqual({ kind: 'passphrase', refused: false, file });
    await ask('connections.giveSecret', { id, secret: 'no', keep: false });
    expect(connection(id).need).toEqual({ kind: 'passphrase', refused: true, file });
    expect(await ask('connections.giveSecret', { id, secret: 'hush hush', keep: true })).toEqual(done);
    expect(JSON.stringify([connection(id), memory()])).not.toContain('hush hush');

    const again = await engine({ home, memory: memory(), secrets });
    expect(await again.ask('connections.connect', { id })).toEqual(done);
  });

  it('reaches a server that knows no elliptic curves only with the switch for old hosts', async () => {
    const own = cleanup.add(
      await startSshServer({ options: ['KexAlgorithms diffie-hellman-group14-sha256'] }),
    );
    const { ask, connection } = await engine();
    const at = { login: 'key', port: String(own.port), keyFiles: own.keyFile };
    const id = await saved(ask, server, at);
    expect(await ask('connections.connect', { id })).toMatchObject({
      error: { code: 'ssh_no_common_algorithm' },
    });
    await saved(ask, server, { ...at, id, old: true });
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
    const id = await saved(ask, server, { login: 'agent' });
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
    const id = await saved(ask, server, { login: 'questions', port: String(own.port) });
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
    // As with ssh, the key of the command is for the last host only.
    await ask('connections.giveSecret', { id: via, secret: server.password, keep: false });
    await ask('connections.connect', { id });
    expect(connection(id).need).toMatchObject({ kind: 'hostKey', fingerprint: inner.fingerprint });
    const typed = (of: string) => {
      const { name, host, port, user, login } = connection(of);
      return { id: of, name, host, port: String(port), user, login };
    };
    await ask('connections.save', { ...typed(id), keyFiles: inner.keyFile, via });
    expect(await ask('connections.acceptKey', { id, fingerprint: inner.fingerprint })).toEqual(done);
    await until('the log', () => /Accepted publickey/.test(inner.log()));
    expect(connection(id).command).toContain(`-J root@127.0.0.1:${server.port}`);
    expect(await ask('connections.remove', { id: via })).toMatchObject({
      error: { code: 'connection_in_use' },
    });
    const circle = { ...typed(via), via: id };
    expect(await ask('connections.save', circle)).toMatchObject({ error: { code: 'ssh_jump_loop' } });
  });
});
