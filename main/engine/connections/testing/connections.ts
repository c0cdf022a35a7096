import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../../../shared/model/connection.ts';
import { emptyMemory, type Memory } from '../../../../shared/model/memory.ts';
import type { Result } from '../../../../shared/result.ts';
import type { Cleanup, SshServer } from '../../../testing/index.ts';
import { type KeepingSecretStore, Secret } from '../../base/secret.ts';
import { ownSshFiles } from '../../ssh-config/index.ts';
import { makeEngine } from '../../testing/make-engine.ts';

/** For tests of connections: an engine with a home of its own, and what is asked of it. */

export const done = { ok: true, value: null };
type Ask = (name: string, input: unknown) => Promise<Result<unknown>>;

/** What is made here ends with the test. */
export function createConnectionLab(cleanup: Cleanup) {
  async function engine(
    how: {
      readonly memory?: Memory;
      readonly secrets?: KeepingSecretStore;
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

  async function emptyHome(): Promise<string> {
    const home = await mkdtemp(join(tmpdir(), 'gw-home-'));
    cleanup.later(() => rm(home, { recursive: true, force: true }));
    await mkdir(join(home, '.ssh'));
    return home;
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

  return { engine, emptyHome, echo };
}

function secretsInMemory(): KeepingSecretStore {
  const kept = new Map<string, Secret>();
  const short = new Set<string>();
  return {
    read: async (id) => kept.get(id),
    async write(id, secret, keep) {
      kept.set(id, new Secret(secret.reveal()));
      if (keep === 'session') short.add(id);
      else short.delete(id);
    },
    isKept: async (id) => kept.has(id) && !short.has(id),
    forget: async (id) => void kept.delete(id),
  };
}

const idIn = (answer: Result<unknown>): string => {
  if (!answer.ok) throw new Error(answer.error.code);
  return (answer.value as { readonly id: string }).id;
};
export const pasted = async (ask: Ask, command: string) => idIn(await ask('connections.paste', { command }));
/** A connection to this server as a form sends it. */
export const saved = async (ask: Ask, at: SshServer, part: object) =>
  idIn(
    await ask('connections.save', {
      name: '',
      host: '127.0.0.1',
      port: String(at.port),
      user: 'root',
      login: 'key',
      ...part,
    }),
  );
export const added = async (ask: Ask, connectionId: string, direction: string, forward: string) =>
  idIn(await ask('forwards.save', { connectionId, direction, forward }));

/** A connection to this server, its key accepted. */
export async function accepted(ask: Ask, at: SshServer): Promise<string> {
  const id = await pasted(ask, `ssh -p ${at.port} -i ${at.keyFile} root@127.0.0.1`);
  await ask('connections.connect', { id });
  const answer = await ask('connections.acceptKey', { id, fingerprint: at.fingerprint });
  if (!answer.ok) throw new Error(answer.error.code);
  return id;
}

/** Sends a word to a local port; gives what comes back. */
export function say(port: number): Promise<string> {
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
