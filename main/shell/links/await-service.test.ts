import { describe, expect, it } from 'vitest';
import { type EngineState, initialEngineState } from '../../../shared/contract/state.ts';
import type { Reach } from '../../../shared/model/session.ts';
import { testAccount } from '../../../shared/model/test-account.ts';
import { makeService } from '../testing/services.ts';
import { awaitService } from './await-service.ts';

function setup(expectsAccount: boolean) {
  let state: EngineState = initialEngineState;
  const listeners = new Set<() => void>();
  const timers = new Map<number, () => void>();
  const found = awaitService('web', {
    read: () => state,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    expectsAccount: () => expectsAccount,
    after(ms, call) {
      timers.set(ms, call);
      return () => timers.delete(ms);
    },
  });
  return {
    found,
    tell(part: Partial<EngineState>) {
      state = { ...state, ...part };
      for (const listener of listeners) listener();
    },
    pass: (ms: number) => timers.get(ms)?.(),
    left: () => listeners.size + timers.size,
  };
}

const open = (reach: Reach): EngineState['session'] => ({ kind: 'open', account: testAccount, reach });
const services = { 'c:web': makeService('web') };

describe('the service of a link', () => {
  it('is waited for while the account is opened and its list is read', async () => {
    const { found, tell, left } = setup(true);
    tell({ session: { kind: 'opening', what: 'account' } });
    tell({ session: open({ kind: 'asking' }) });
    tell({ session: open({ kind: 'answered', at: 0 }) });
    tell({ services });
    expect((await found)?.id).toBe('c:web');
    expect(left()).toBe(0);
  });

  it('is absent where the list was read without it', async () => {
    const { found, tell, pass, left } = setup(true);
    tell({ session: open({ kind: 'answered', at: 0 }), services: { 'c:other': makeService('other') } });
    pass(500);
    expect(await found).toBeUndefined();
    expect(left()).toBe(0);
  });

  it('is absent at once where nobody is signed in', async () => {
    const { found, pass } = setup(false);
    pass(500);
    expect(await found).toBeUndefined();
  });

  it('is absent after a while on a platform that does not answer', async () => {
    const { found, tell, pass } = setup(true);
    tell({ session: open({ kind: 'asking' }) });
    pass(15_000);
    expect(await found).toBeUndefined();
  });
});
