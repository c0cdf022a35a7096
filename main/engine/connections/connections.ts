import type { Connection, ConnectionState, SavedConnection } from '../../../shared/model/connection.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import { nothingToPutBack } from '../base/bin.ts';
import type { Clock, Log } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import { type KeepingSecretStore, Secret } from '../base/secret.ts';
import {
  acceptKey,
  type Link,
  type LoginQuestion,
  type Ssh,
  type SshEndpoint,
  type SshSource,
  type Tunnels,
} from '../ssh/index.ts';
import { type ConfigFiles, createOwnConfig, type Surroundings } from '../ssh-config/index.ts';
import { endpointOf, jumpsOf, jumpText } from './endpoint.ts';
import { createForwards } from './forwards.ts';
import { findKnownKeys, type KnownKey, usualKnownHosts } from './known-hosts.ts';
import { needOf } from './need.ts';
import { readTyped } from './read-typed.ts';
import { createConnectionSecrets, type SecretPlace } from './secrets.ts';
import { connectionCommand } from './show-command.ts';
import { createTaking } from './taking.ts';
import type { Connections } from './types.ts';

interface ConnectionsOptions {
  readonly memory: EngineMemory;
  readonly secrets: KeepingSecretStore;
  /** SSH of their own, asked for by the id of a connection. */
  readonly openSsh: (source: SshSource) => Ssh;
  readonly openTunnels: (ssh: Ssh, onChange: () => void) => Tunnels;
  readonly files: ConfigFiles;
  /** Socket or pipe of the agent that runs now. */
  readonly agent: () => string | undefined;
  /** What ssh(1) takes from this computer. */
  readonly around: Surroundings;
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

const mostKeyBytes = 64 * 1024;
const mostKnownBytes = 8 * 1024 * 1024;

const empty: Partial<SavedConnection> = {};
const isSamePlace = (
  a: Pick<SavedConnection, 'host' | 'port' | 'user'>,
  b: Pick<SavedConnection, 'host' | 'port' | 'user'>,
) => a.host === b.host && a.port === b.port && a.user === b.user;

/** Looks up without a walk over all: thousands are shown at once, each with its jump hosts. */
function findById(all: () => readonly SavedConnection[]) {
  let of: readonly SavedConnection[] | undefined;
  let found: ReadonlyMap<string, SavedConnection> = new Map();
  return (id: string): SavedConnection | undefined => {
    const now = all();
    if (now !== of) found = new Map(now.map((connection) => [connection.id, connection]));
    of = now;
    return found.get(id);
  };
}

export function createConnections(options: ConnectionsOptions): Connections {
  const { memory, secrets, clock, files } = options;
  const states = new Map<string, ConnectionState>();
  const asked = new Map<string, Asked>();
  const kept = createConnectionSecrets(secrets);
  const all = () => memory.read().connections;
  const find = findById(all);
  const expand = (path: string) => (path.startsWith('~/') ? `${files.home}${path.slice(1)}` : path);

  function add(connections: readonly SavedConnection[]) {
    memory.update({ connections: [...all(), ...connections] });
    dirty();
  }
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
  const runOf = ({ host, port, hostKeyAlias }: SavedConnection) => options.runOf(hostKeyAlias ?? host, port);
  /** What is asked for now: a passphrase belongs to its file, every other secret to the machine. */
  function placeOf(connection: SavedConnection): SecretPlace {
    const state = states.get(connection.id);
    const need = state?.kind === 'failed' ? needOf(connection, state.error) : undefined;
    return need?.kind === 'passphrase'
      ? { kind: 'passphrase', file: need.file }
      : { kind: 'password', place: connection };
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

  /** What OpenSSH knows already is not asked again; a host may have several keys. */
  async function knownKeysOf(connection: SavedConnection): Promise<readonly KnownKey[]> {
    const { host, port, hostKeyAlias: alias, knownHosts = usualKnownHosts } = connection;
    const texts = await Promise.all(knownHosts.map((file) => files.read(expand(file), mostKnownBytes)));
    return findKnownKeys(texts.filter((text) => text !== undefined).join('\n'), { host, port, alias });
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
    const knownKeys = await knownKeysOf(connection);
    const found = await endpointOf(id, {
      find,
      agent: options.agent(),
      runOf,
      knownKeys,
      ask,
      clock,
      readFile: (path) => files.read(expand(path), mostKeyBytes),
      password: (place) => kept.read({ kind: 'password', place }),
      passphrase: (file) => kept.read({ kind: 'passphrase', file }),
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

  const config = createOwnConfig(files, options.around);
  const { takeCommand, importable, importHosts } = createTaking({ ...options, config, all, add });

  return {
    ...forwards.requests,
    async start() {
      dirty();
      await forwards.start();
    },
    async paste(command, open) {
      const taken = await takeCommand(command);
      if (!taken.ok) return taken;
      const id = taken.value;
      const made = find(id);
      if (open && made !== undefined) {
        // What a person has to say first is shown at its place.
        void connect(id, new AbortController().signal);
        await forwards.openSafe(made);
      }
      return ok({ id });
    },
    heed(id) {
      const connection = find(id);
      if (connection === undefined) return fail('connection_not_found');
      const { notTaken: _read, ...rest } = connection;
      put(rest);
      return ok(null);
    },
    async save(typed) {
      const read = readTyped(typed);
      if (!read.ok) return read;
      const id = typed.id ?? options.newId();
      const before = find(id);
      if (typed.id !== undefined && before === undefined) return fail('connection_not_found');
      // What the form does not show stays as it is, unless it speaks of another machine.
      const isSame = before !== undefined && isSamePlace(before, read.value);
      const {
        name: _name,
        login: _login,
        keyFiles: _keys,
        via: _via,
        old: _old,
        ...others
      } = before ?? empty;
      const wanted: SavedConnection = {
        ...(isSame ? others : {}),
        ...read.value,
        id,
        forwards: before?.forwards ?? [],
      };
      const among = (of: string) => (of === id ? wanted : find(of));
      const jumps = jumpsOf(wanted, among);
      if (!jumps.ok) return fail(jumps.error.code, { field: 'via' });
      // A secret was given for one place: it does not go with the connection to another one.
      if (before !== undefined && !isSame) await kept.forget({ kind: 'password', place: before });
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
      await forwards.closeAll(connection);
      memory.update({ connections: all().filter((other) => other.id !== id) });
      ssh.drop(id);
      states.delete(id);
      const putBack = await kept.forget({ kind: 'password', place: connection });
      dirty();
      return ok(async () => {
        await putBack();
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
      const runId = runOf(connection);
      const accepted = acceptKey(ssh.fingerprint(id), { fingerprint, runId, at: clock.now() }, memory);
      return accepted.ok ? connect(id, signal) : accepted;
    },
    async giveSecret(id, text, keep, signal) {
      const connection = find(id);
      if (connection === undefined) return fail('connection_not_found');
      await kept.give(placeOf(connection), text, keep);
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
