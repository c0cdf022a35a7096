import { createStore, type StoreApi } from 'zustand/vanilla';
import { applyEngineChange } from '../../shared/contract/apply-change.ts';
import type { Bridge } from '../../shared/contract/bridge.ts';
import type { Change, EngineState, ShellState, Side, Snapshot } from '../../shared/contract/state.ts';
import { initialEngineState } from '../../shared/contract/state.ts';
import type { Client } from './gearway.ts';

/** What the window knows: both sides' states as they were last told, and nothing of its own. */
interface Mirrored {
  readonly engine: EngineState | undefined;
  readonly shell: ShellState | undefined;
}

export type Mirror = StoreApi<Mirrored>;

/** Where one side's state stands: which life of its process, and how far in it. */
interface Position {
  readonly epoch: string;
  readonly revision: number;
}

/** Longer than an engine takes to find its account and what was in it; in ms. */
const mostHoldMs = 3_000;

/** An engine that was started has opened its account, and has a list of it or knows that it gets none. */
const hasFoundItself = ({ session, services }: EngineState): boolean =>
  session.kind === 'none' ||
  (session.kind === 'open' && (session.reach.kind !== 'asking' || Object.keys(services).length > 0));

const stateRequest = { engine: 'state.get', shell: 'shell.state' } as const;

/**
 * Keeps a mirror of both sides. It listens first, then takes the whole, then applies what is newer; a change of
 * another life of the engine, or one that does not follow on, makes it take the whole again.
 */
export function createMirror(bridge: Pick<Bridge, 'onChange'>, client: Client): Mirror {
  const store = createStore<Mirrored>(() => ({ engine: undefined, shell: undefined }));
  const positions = new Map<Side, Position>();
  const early: Record<Side, Change[]> = { engine: [], shell: [] };
  const fetching = new Map<Side, Promise<void>>();

  /** The engine's state as it was last told; shown is the one before while a new engine still looks for what that had. */
  let engine: EngineState | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  function setEngine(state: EngineState | undefined) {
    engine = state;
    if (patience !== undefined && state !== undefined && !hasFoundItself(state)) return;
    clearTimeout(patience);
    patience = undefined;
    store.setState({ engine });
  }

  function set(side: Side, state: unknown) {
    if (side === 'engine') setEngine(state as EngineState);
    else store.setState({ shell: state as ShellState });
  }

  /** A place is not left, with what is typed there, because the engine died and is back in a second. */
  function holdWhatIsShown() {
    if (store.getState().engine?.session.kind !== 'open') return;
    clearTimeout(patience);
    patience = setTimeout(() => {
      patience = undefined;
      store.setState({ engine });
    }, mostHoldMs);
  }

  function adopt(snapshot: Snapshot) {
    const before = positions.get(snapshot.side);
    positions.set(snapshot.side, { epoch: snapshot.epoch, revision: snapshot.revision });
    if (snapshot.side === 'engine' && before !== undefined && before.epoch !== snapshot.epoch)
      holdWhatIsShown();
    set(snapshot.side, snapshot.state);
    if (snapshot.side === 'shell') foresee(snapshot.state as ShellState);
    for (const change of early[snapshot.side].splice(0)) hear(change);
  }

  /** Until the engine speaks, its state can be told from whether an account is remembered. */
  function foresee({ remembersAccount }: ShellState) {
    if (store.getState().engine !== undefined) return;
    const session = remembersAccount
      ? ({ kind: 'opening', what: 'account' } as const)
      : initialEngineState.session;
    set('engine', { ...initialEngineState, session });
  }

  async function fetchWhole(side: Side): Promise<void> {
    const answer = await client.ask(stateRequest[side], {});
    fetching.delete(side);
    // While no engine is there the question fails; its first change, or its return, asks again.
    if (answer.ok) adopt(answer.value);
  }

  const take = (side: Side) => {
    if (!fetching.has(side)) fetching.set(side, fetchWhole(side));
  };

  function hear(change: Change) {
    const { side } = change;
    const position = positions.get(side);
    if (fetching.has(side) || position === undefined || position.epoch !== change.epoch) {
      early[side].push(change);
      take(side);
      return;
    }
    if (change.revision <= position.revision) return;
    if (change.revision !== position.revision + 1) {
      take(side);
      return;
    }
    positions.set(side, { epoch: change.epoch, revision: change.revision });
    if (side === 'engine') setEngine(engine && applyEngineChange(engine, change as Change<'engine'>));
    else
      store.setState(({ shell }) => ({ shell: shell && { ...shell, ...(change as Change<'shell'>).set } }));
  }

  bridge.onChange((change) => {
    hear(change);
    const isBack = change.side === 'shell' && (change as Change<'shell'>).set.engine?.kind === 'running';
    if (isBack) take('engine');
  });
  take('shell');
  take('engine');
  return store;
}
