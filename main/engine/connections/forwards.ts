import type { Forward, SavedConnection, SavedForward } from '../../../shared/model/connection.ts';
import type { TunnelState } from '../../../shared/model/service.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import { nothingToPutBack } from '../base/bin.ts';
import type { Log } from '../base/effects.ts';
import type { Tunnels } from '../ssh/index.ts';
import { isOwnComputer, readSavedForward } from './saved-forward.ts';
import type { Connections } from './types.ts';

/** What the connections forward: kept, opened, shown. */
export function createForwards(parts: {
  readonly all: () => readonly SavedConnection[];
  readonly find: (id: string) => SavedConnection | undefined;
  readonly put: (connection: SavedConnection) => void;
  /** Of forwards only, by their id. */
  readonly tunnels: Tunnels;
  readonly newId: () => string;
  readonly log: Log;
  readonly dirty: () => void;
}) {
  const { all, find, put, tunnels } = parts;
  /** Why one that is wanted could not be opened. */
  const problems = new Map<string, AppError>();

  const ownerOf = (id: string) => {
    for (const connection of all()) {
      const forward = connection.forwards.find((each) => each.id === id);
      if (forward !== undefined) return { connection, forward };
    }
    return undefined;
  };
  const change = (id: string, part: Partial<SavedForward>) => {
    const owner = ownerOf(id);
    if (owner === undefined) return;
    const { connection } = owner;
    const forwards = connection.forwards.map((each) => (each.id === id ? { ...each, ...part } : each));
    put({ ...connection, forwards });
  };

  async function open(connectionId: string, forward: SavedForward): Promise<Result<number>> {
    const { id, direction, bind, port, host, hostPort = 0 } = forward;
    await tunnels.close(id);
    const opened = await tunnels.open(id, {
      key: connectionId,
      direction,
      bind,
      localPort: port,
      targetHost: host,
      targetPort: hostPort,
    });
    if (!opened.ok) return fail(opened.error.code, { ...opened.error, field: 'forward' });
    problems.delete(id);
    return ok(tunnels.get(id)?.local?.port ?? port);
  }

  async function openForward(id: string): Promise<Result<null>> {
    const owner = ownerOf(id);
    if (owner === undefined) return fail('connection_not_found');
    const { bind, confirmed } = owner.forward;
    if (!isOwnComputer(bind) && confirmed !== true)
      return fail('bind_not_confirmed', { params: { bind }, field: 'forward' });
    const opened = await open(owner.connection.id, owner.forward);
    if (opened.ok) change(id, { open: true, port: opened.value });
    parts.dirty();
    return opened.ok ? ok(null) : opened;
  }

  async function closeForward(id: string): Promise<Result<null>> {
    problems.delete(id);
    await tunnels.close(id);
    change(id, { open: false });
    return ok(null);
  }

  /** Opens what is wanted open; what cannot be opened says why at its place. */
  async function openAll({ id, forwards }: SavedConnection) {
    for (const forward of forwards) {
      if (!forward.open) continue;
      const opened = await open(id, forward);
      if (opened.ok) continue;
      problems.set(forward.id, opened.error);
      parts.log('warn', 'forward.notReopened', { id: forward.id, code: opened.error.code });
    }
    parts.dirty();
  }

  const requests: Pick<
    Connections,
    'saveForward' | 'openForward' | 'closeForward' | 'removeForward' | 'retryForward'
  > = {
    async saveForward({ connectionId, id: old, direction, forward: typed, confirmed = false }) {
      const connection = find(connectionId);
      if (connection === undefined) return fail('connection_not_found');
      const read = readSavedForward(direction, typed);
      if (!read.ok) return read;
      const { bind } = read.value;
      if (!isOwnComputer(bind) && !confirmed)
        return fail('bind_not_confirmed', { params: { bind }, field: 'forward' });
      const id = old ?? parts.newId();
      const forward: SavedForward = { ...read.value, id, confirmed, open: true };
      const before = connection.forwards.find((each) => each.id === id);
      const opened = await open(connectionId, forward);
      if (!opened.ok) {
        // One that could not be changed goes on as it was.
        if (before?.open === true) await openForward(id);
        return opened;
      }
      const present = find(connectionId);
      if (present === undefined) return fail('connection_not_found');
      const kept = { ...forward, port: opened.value };
      const isKnown = present.forwards.some((each) => each.id === id);
      const forwards = isKnown
        ? present.forwards.map((each) => (each.id === id ? kept : each))
        : [...present.forwards, kept];
      put({ ...present, forwards });
      return ok({ id });
    },
    openForward,
    closeForward,
    async removeForward(id) {
      const owner = ownerOf(id);
      await closeForward(id);
      if (owner === undefined) return ok(nothingToPutBack);
      const { forward, connection } = owner;
      const place = connection.forwards.indexOf(forward);
      const without = find(connection.id);
      if (without === undefined) return ok(nothingToPutBack);
      put({ ...without, forwards: without.forwards.filter((each) => each.id !== id) });
      return ok(async () => {
        const present = find(connection.id);
        if (present === undefined) return fail('connection_not_found');
        const forwards = present.forwards.toSpliced(place, 0, forward);
        put({ ...present, forwards });
        await openAll({ ...present, forwards: [forward] });
        return ok(null);
      });
    },
    retryForward(id) {
      if (problems.has(id)) void openForward(id);
      else tunnels.retry(id);
      return ok(null);
    },
  };

  /** Where a forward ends: its own target, or the machine of its connection where that is its loopback. */
  const machineOf = ({ id, host }: SavedForward): string =>
    host === undefined || isOwnComputer(host) ? (ownerOf(id)?.connection.name ?? '') : host;

  return {
    requests,
    show: (forward: SavedForward): Forward => {
      const problem = problems.get(forward.id);
      const closed = {
        state: problem === undefined ? { kind: 'closed' } : { kind: 'failed', error: problem },
      };
      const tunnel = tunnels.get(forward.id) ?? (closed as Forward['tunnel']);
      return { ...forward, tunnel: { ...tunnel, state: named(tunnel.state, machineOf(forward)) } };
    },
    openAll,
    /** Those that only this computer can reach; the others wait for a person who has read who can. */
    async openSafe({ forwards }: SavedConnection) {
      for (const { id, bind, direction } of forwards) {
        if (direction !== 'remote' && !isOwnComputer(bind)) continue;
        const opened = await openForward(id);
        if (!opened.ok) problems.set(id, opened.error);
      }
      parts.dirty();
    },
    async start() {
      for (const connection of all()) await openAll(connection);
      parts.dirty();
    },
    async closeAll({ forwards }: SavedConnection) {
      for (const { id, open: isOpen } of forwards) if (isOpen) await closeForward(id);
    },
    /** A person said what was missing: everything that had given up tries again. */
    retryFailed() {
      for (const { forwards } of all())
        for (const { id } of forwards) {
          const kind = tunnels.get(id)?.state.kind;
          if (kind === 'failed' || kind === 'reconnecting') tunnels.retry(id);
        }
    },
  };
}

/** Sentences speak of a container where they are given no machine. */
function named(state: TunnelState, machine: string): TunnelState {
  if (!('error' in state)) return state;
  return { ...state, error: { ...state.error, params: { ...state.error.params, machine } } };
}
