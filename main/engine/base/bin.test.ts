import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../shared/result.ts';
import { binMs, createBin } from './bin.ts';
import type { Clock } from './effects.ts';

function setup() {
  const timers = new Set<() => void>();
  let waited = 0;
  const clock: Clock = {
    now: () => 0,
    ticks: () => 0,
    after(ms, call) {
      waited = ms;
      timers.add(call);
      return () => timers.delete(call);
    },
  };
  const bin = createBin({ clock, epoch: 'one' });
  const back: string[] = [];
  const remove = (what: string) => {
    const kept = bin.keep(
      ok(() => {
        back.push(what);
        return ok(null);
      }),
    );
    if (!kept.ok) throw new Error(kept.error.code);
    return kept.value.undoId;
  };
  const pass = () => {
    for (const call of timers) call();
  };
  return { bin, back, remove, pass, timers, waited: () => waited };
}
const gone = { ok: false, error: { code: 'undo_gone' } };

describe('what was removed', () => {
  it('is named by the life of the engine: another one has other things under the same number', () => {
    expect(setup().remove('a')).toMatch(/^one /);
  });

  it('is put back once, each for itself', async () => {
    const { bin, back, remove, timers } = setup();
    const [a, b] = [remove('a'), remove('b')];
    expect(await bin.putBack(a)).toEqual(ok(null));
    expect(await bin.putBack(a)).toMatchObject(gone);
    expect(await bin.putBack(b)).toEqual(ok(null));
    expect(back).toEqual(['a', 'b']);
    expect(timers.size).toBe(0);
  });

  it('cannot be put back after its time', async () => {
    const { bin, back, remove, pass, waited } = setup();
    const a = remove('a');
    expect(waited()).toBe(binMs);
    pass();
    expect(await bin.putBack(a)).toMatchObject(gone);
    expect(back).toEqual([]);
  });

  it('says why it cannot come back, and a removal that failed has nothing to put back', async () => {
    const { bin, timers } = setup();
    const kept = bin.keep(ok(() => fail('recipe_limit')));
    expect(await bin.putBack(kept.ok ? kept.value.undoId : '')).toMatchObject({
      error: { code: 'recipe_limit' },
    });
    expect(bin.keep(fail('not_signed_in'))).toMatchObject({ error: { code: 'not_signed_in' } });
    expect(timers.size).toBe(0);
  });

  it('holds no timer once it is stopped', () => {
    const { bin, remove, timers } = setup();
    remove('a');
    bin.stop();
    expect(timers.size).toBe(0);
  });
});
