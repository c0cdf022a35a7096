import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyEngineChange } from '../../shared/contract/apply-change.ts';
import {
  type Change,
  type EngineState,
  initialEngineState,
  type ShellState,
  type Snapshot,
} from '../../shared/contract/state.ts';
import { testAccount } from '../../shared/model/test-account.ts';
import type { Result } from '../../shared/result.ts';
import { makeService } from '../testing/make.ts';
import type { Client } from './gearway.ts';
import { createMirror } from './mirror.ts';

/** Both sides as the window sees them: answers are given by hand, so that each order of events can be tried. */
function setup() {
  let tell: (change: Change) => void = () => {};
  const waiting: { name: string; answer: (result: Result<Snapshot>) => void }[] = [];
  const client = {
    ask: (name: string) =>
      new Promise((answer) => {
        waiting.push({ name, answer: answer as (result: Result<Snapshot>) => void });
      }),
  } as unknown as Client;
  const bridge = {
    onChange(listener: (change: Change) => void) {
      tell = listener;
      return () => {};
    },
  };
  const mirror = createMirror(bridge, client);
  const asked = (name: string) => waiting.filter((question) => question.name === name);
  return {
    mirror,
    tell: (change: Partial<Change<'engine'>> & { revision: number }) =>
      tell({ side: 'engine', epoch: 'one', set: {}, ...change }),
    tellShell: (set: Change<'shell'>['set']) => tell({ side: 'shell', epoch: 'shell', revision: 1, set }),
    questions: () => asked('state.get').length,
    async answerShell(remembersAccount: boolean) {
      const question = waiting.find(({ name }) => name === 'shell.state');
      const state = { remembersAccount } as ShellState;
      question?.answer({ ok: true, value: { side: 'shell', epoch: 'shell', revision: 0, state } });
      await Promise.resolve();
      await Promise.resolve();
    },
    async answer(state: EngineState, revision: number, epoch = 'one') {
      const question = waiting.splice(
        waiting.findIndex(({ name }) => name === 'state.get'),
        1,
      )[0];
      question?.answer({ ok: true, value: { side: 'engine', epoch, revision, state } });
      await Promise.resolve();
      await Promise.resolve();
    },
    async refuse() {
      const question = waiting.splice(
        waiting.findIndex(({ name }) => name === 'state.get'),
        1,
      )[0];
      question?.answer({ ok: false, error: { code: 'engine_restarting' } });
      await Promise.resolve();
      await Promise.resolve();
    },
    proxy: () => mirror.getState().engine?.proxy,
  };
}
const listening = (port: number) => ({ kind: 'listening', port }) as const;

describe('the mirror', () => {
  it('takes the whole state, then what follows on', async () => {
    const { answer, tell, proxy } = setup();
    await answer(initialEngineState, 3);
    tell({ revision: 4, set: { proxy: listening(7700) } });
    expect(proxy()).toEqual(listening(7700));
  });

  it('keeps what came before the whole and leaves out what the whole holds already', async () => {
    const { answer, tell, proxy } = setup();
    tell({ revision: 3, set: { proxy: listening(1) } });
    tell({ revision: 4, set: { proxy: listening(2) } });
    await answer({ ...initialEngineState, proxy: listening(3) }, 3);
    expect(proxy()).toEqual(listening(2));
  });

  it('ignores a change that it has', async () => {
    const { answer, tell, proxy } = setup();
    await answer({ ...initialEngineState, proxy: listening(3) }, 3);
    tell({ revision: 3, set: { proxy: listening(1) } });
    expect(proxy()).toEqual(listening(3));
  });

  it('takes the whole again when a change is missing', async () => {
    const { answer, tell, proxy, questions } = setup();
    await answer(initialEngineState, 3);
    tell({ revision: 6, set: { proxy: listening(6) } });
    expect(questions()).toBe(1);
    await answer({ ...initialEngineState, proxy: listening(7) }, 7);
    expect(proxy()).toEqual(listening(7));
  });

  it('takes the whole again from another life of the engine', async () => {
    const { answer, tell, proxy, questions } = setup();
    await answer({ ...initialEngineState, proxy: listening(3) }, 30);
    tell({ epoch: 'two', revision: 2, set: { proxy: listening(9) } });
    expect(questions()).toBe(1);
    expect(proxy()).toEqual(listening(3));
    await answer({ ...initialEngineState, proxy: listening(8) }, 1, 'two');
    expect(proxy()).toEqual(listening(9));
  });

  it('asks again when the engine is back after it could not answer', async () => {
    const { refuse, answer, tellShell, questions, proxy } = setup();
    await refuse();
    expect(questions()).toBe(0);
    tellShell({ engine: { kind: 'running', restarts: 1, restartedAt: 5 } });
    expect(questions()).toBe(1);
    await answer({ ...initialEngineState, proxy: listening(4) }, 1, 'two');
    expect(proxy()).toEqual(listening(4));
  });
});

describe('an engine that was started again', () => {
  afterEach(() => void vi.useRealTimers());
  const opened: EngineState['session'] = { kind: 'open', account: testAccount, reach: { kind: 'asking' } };
  const web = makeService({ id: 'c:1' });
  const before: EngineState = {
    ...initialEngineState,
    session: { kind: 'open', account: testAccount, reach: { kind: 'answered', at: 1 } },
    services: { 'c:1': web },
  };
  const opening: EngineState = { ...initialEngineState, session: { kind: 'opening', what: 'account' } };

  it('leaves what is shown until it has found the services again', async () => {
    const { answer, tell, mirror } = setup();
    await answer(before, 3);
    tell({ epoch: 'two', revision: 1 });
    await answer(opening, 1, 'two');
    tell({ epoch: 'two', revision: 2, set: { session: opened } });
    expect(mirror.getState().engine).toBe(before);
    tell({ epoch: 'two', revision: 3, put: { services: { 'c:1': web } } });
    expect(mirror.getState().engine).toMatchObject({ session: opened, services: { 'c:1': web } });
  });

  it('is shown as it is where it finds nothing for long, or that nobody is signed in', async () => {
    vi.useFakeTimers();
    const { answer, tell, mirror } = setup();
    await answer(before, 3);
    tell({ epoch: 'two', revision: 1 });
    await answer(opening, 1, 'two');
    vi.advanceTimersByTime(3_000);
    expect(mirror.getState().engine).toBe(opening);
    tell({ epoch: 'two', revision: 2, set: { session: { kind: 'none' } } });
    expect(mirror.getState().engine?.session.kind).toBe('none');
  });
});

describe('before the engine speaks', () => {
  it('the first screen is drawn from what the shell remembers', async () => {
    const { answerShell, mirror } = setup();
    await answerShell(false);
    expect(mirror.getState().engine?.session).toEqual({ kind: 'none' });
  });

  it('an account of last time is being opened, and what the engine says replaces it', async () => {
    const { answerShell, answer, mirror } = setup();
    await answerShell(true);
    expect(mirror.getState().engine?.session).toEqual({ kind: 'opening', what: 'account' });
    await answer(initialEngineState, 1);
    expect(mirror.getState().engine?.session).toEqual({ kind: 'none' });
  });
});

describe('a change of a collection', () => {
  it('puts and drops members and leaves the others the same objects', () => {
    const [a, b, c] = ['a:1', 'b:1', 'c:1'].map((id) => makeService({ id }));
    const state = { ...initialEngineState, services: { 'a:1': a, 'b:1': b } } as EngineState;
    const after = applyEngineChange(state, {
      side: 'engine',
      epoch: 'one',
      revision: 2,
      set: {},
      put: { services: { 'c:1': c } },
      drop: { services: ['b:1'] },
    });
    expect(Object.keys(after.services)).toEqual(['a:1', 'c:1']);
    expect(after.services['a:1']).toBe(a);
    expect(after.containers).toBe(state.containers);
  });
});
