import type { Connection, ConnectionState, SavedConnection } from '../../../shared/model/connection.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import { nothingToPutBack } from '../base/bin.ts';
import type { Clock, Log } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import { Secret, type SecretStore } from '../base/secret.ts';
import {
  acceptKey,
  type Link,
  type LoginQuestion,
  type Ssh,
  type SshEndpoint,
  type SshSource,
  type Tunnels,
} from '../ssh/index.ts';
import { endpointOf, jumpsOf, jumpText } from './endpoint.ts';
import { createForwards } from './forwards.ts';
import { findKnownKey } from './known-hosts.ts';
import { needOf } from './need.ts';
import { readCommand } from './read-command.ts';
import type { ConfigFiles } from './read-config.ts';
import { readTyped } from './read-typed.ts';
import { connectionCommand } from './show-command.ts';
import { createTaking } from './taking.ts';
import type { Connections } from './types.ts';

interface ConnectionsOptions {
  readonly memory: EngineMemory;
  readonly secrets: SecretStore;
  /** SSH of their own, asked for by the id of a connection. */
  readonly openSsh: (source: SshSource) => Ssh;
  readonly openTunnels: (ssh: Ssh, onChange: () => void) => Tunnels;
  readonly files: ConfigFiles;
  /** Socket or pipe of the agent that runs now. */
  readonly agent: () => string | undefined;
  /** Who is signed in to this computer: whom ssh(1) takes where nobody is named. */
  readonly userName: string;
  readonly runOf: (host: string, port: number) => string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly publish: (connections: readonly Connection[]) => void;
}

/** A question of a server that waits for a person. */
interface Asked {
  readonly question: LoginQuestion;
  readonly settle: (answers: readonly Secret[] | undefined) => void;
}

export function createConnections(options: ConnectionsOptions): Connections {
  const { memory, secrets, clock, files } = options;
  const states = new Map<string, ConnectionState>();
  const asked = new Map<string, Asked>();
  /** Secrets that were typed in this life of the engine. */
  const held = new Map<string, Secret>();
  const all = () => memory.read().connections;
  const find = (id: string) => all().find((connection) => connection.id === id);
  const secretId = (id: string) => `connection ${id}`;
  const expand = (path: string) => (path.startsWith('~/') ? `${files.home}${path.slice(1)}` : path);

  function put(connection: SavedConnection) {
    const known = all();
    const isNew = !known.some(({ id }) => id === connection.id);
    memory.update({
      connections: isNew
        ? [...known, connection]
        : known.map((old) => (old.id === connection.id ? connection : old)),
    });
    dirty();
  }
  const ssh = options.openSsh({ endpoint, onLink, onRefused });
  const tunnels = options.openTunnels(ssh, dirty);
  const forwards = createForwards({ ...options, tunnels, all, find, put, dirty });

  function show(connection: SavedConnection): Connection {
    const { id } = connection;
    const state = states.get(id) ?? { kind: 'idle' };
    const question = asked.get(id)?.question;
    const need =
      question !== undefined
        ? ({ kind: 'questions', ...question } as const)
        : state.kind === 'failed'
          ? needOf(connection, state.error)
          : undefined;
    const jumps = jumpsOf(connection, find);
    return {
      ...connection,
      state,
      ...(need === undefined ? {} : { need }),
      forwards: connection.forwards.map((forward) => forwards.show(forward)),
      command: connectionCommand(connection, jumps.ok ? jumpText(jumps.value) : ''),
    };
  }
  function dirty() {
    options.publish(all().map(show));
  }

  function note(id: string, state: ConnectionState) {
    states.set(id, state);
    dirty();
  }

  async function connect(id: string, signal: AbortSignal): Promise<Result<null>> {
    if (find(id) === undefined) return fail('connection_not_found');
    const link = await ssh.link(id, signal);
    if (!link.ok) return link;
    forwards.retryFailed();
    return ok(null);
  }

  /** What OpenSSH knows already is not asked again. */
  async function importPin({ host, port }: SavedConnection) {
    const runId = options.runOf(host, port);
    if (memory.pin(runId) !== undefined) return;
    const text = await files.read(`${files.home}/.ssh/known_hosts`);
    const known = text === undefined ? undefined : findKnownKey(text, host, port);
    if (known !== undefined) memory.remember({ runId, ...known, acceptedAt: clock.now() });
  }

  function ask(id: string, question: LoginQuestion, signal: AbortSignal) {
    return new Promise<readonly Secret[] | undefined>((resolve) => {
      asked.get(id)?.settle(undefined);
      const settle = (answers: readonly Secret[] | undefined) => {
        signal.removeEventListener('abort', giveUp);
        if (asked.get(id)?.settle === settle) asked.delete(id);
        resolve(answers);
        dirty();
      };
      const giveUp = () => settle(undefined);
      signal.addEventListener('abort', giveUp, { once: true });
      asked.set(id, { question, settle });
      dirty();
    });
  }

  async function endpoint(id: string, signal: AbortSignal): Promise<Result<SshEndpoint>> {
    const connection = find(id);
    if (connection === undefined) return fail('connection_not_found');
    note(id, { kind: 'connecting' });
    await importPin(connection);
    const found = await endpointOf(id, {
      find,
      agent: options.agent(),
      runOf: options.runOf,
      ask,
      async readFile(path) {
        const text = await files.read(expand(path));
        return text === undefined ? undefined : new Secret(text);
      },
      secret: async (of) => held.get(of) ?? (await secrets.read(secretId(of))),
    });
    return signal.aborted ? fail('cancelled') : found;
  }

  function onLink(id: string, link: Link) {
    const state: ConnectionState = { kind: 'connected', since: clock.now() };
    note(id, state);
    link.onLost(() => {
      if (states.get(id) === state) note(id, { kind: 'idle' });
    });
  }

  function onRefused(id: string, error: AppError) {
    if (find(id) === undefined) return;
    note(id, error.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', error });
  }

  const { takeCommand, importable, importHosts } = createTaking({
    ...options,
    all,
    put,
  });

  return {
    ...forwards.requests,
    async start() {
      dirty();
      await forwards.start();
    },
    async paste(command) {
      const read = readCommand(command);
      return read.ok ? ok({ id: await takeCommand(read.value) }) : read;
    },
    async save(typed) {
      const read = readTyped(typed);
      if (!read.ok) return read;
      const id = typed.id ?? options.newId();
      const before = find(id);
      if (typed.id !== undefined && before === undefined) return fail('connection_not_found');
      const wanted: SavedConnection = { ...read.value, id, forwards: before?.forwards ?? [] };
      const among = (of: string) => (of === id ? wanted : find(of));
      const jumps = jumpsOf(wanted, among);
      if (!jumps.ok) return fail(jumps.error.code, { field: 'via' });
      put(wanted);
      if (before !== undefined) {
        ssh.drop(id);
        forwards.retryFailed();
      }
      return ok({ id });
    },
    async remove(id) {
      const user = all().find(({ via }) => via === id);
      if (user !== undefined) return fail('connection_in_use', { params: { name: user.name } });
      const connection = find(id);
      if (connection === undefined) return ok(nothingToPutBack);
      const place = all().indexOf(connection);
      const typed = held.get(id);
      const kept = await secrets.read(secretId(id));
      await forwards.closeAll(connection);
      memory.update({ connections: all().filter((other) => other.id !== id) });
      ssh.drop(id);
      held.delete(id);
      states.delete(id);
      await secrets.forget(secretId(id));
      dirty();
      return ok(async () => {
        if (kept !== undefined) await secrets.write(secretId(id), kept);
        if (typed !== undefined) held.set(id, typed);
        memory.update({ connections: all().toSpliced(place, 0, connection) });
        dirty();
        await forwards.openAll(connection);
        return ok(null);
      });
    },
    importable,
    importHosts,

    connect,
    async disconnect(id) {
      const connection = find(id);
      if (connection === undefined) return fail('connection_not_found');
      asked.get(id)?.settle(undefined);
      await forwards.closeAll(connection);
      ssh.drop(id);
      note(id, { kind: 'idle' });
      return ok(null);
    },
    async acceptKey(id, fingerprint, signal) {
      const connection = find(id);
      if (connection === undefined) return fail('connection_not_found');
      const runId = options.runOf(connection.host, connection.port);
      const accepted = acceptKey(ssh.fingerprint(id), { fingerprint, runId, at: clock.now() }, memory);
      return accepted.ok ? connect(id, signal) : accepted;
    },
    async giveSecret(id, text, keep, signal) {
      const connection = find(id);
      if (connection === undefined) return fail('connection_not_found');
      const secret = new Secret(text);
      held.set(id, secret);
      if (keep) await secrets.write(secretId(id), secret);
      else await secrets.forget(secretId(id));
      return connect(id, signal);
    },
    answer(id, answers) {
      asked.get(id)?.settle(answers.map((text) => new Secret(text)));
      return ok(null);
    },

    nudge: () => ssh.nudge(),
    async stop() {
      await tunnels.stop();
      await ssh.stop();
    },
  };
}
