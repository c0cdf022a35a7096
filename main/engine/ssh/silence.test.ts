import { describe, expect, it } from 'vitest';
import { createHandClock } from '../../testing/index.ts';
import { watchSilence } from './silence.ts';

/** A wire that a test moves by hand, looked at once a second; silent for three looks is too long. */
function setup() {
  const clock = createHandClock();
  const wire = { bytesRead: 0, bytesWritten: 0, writableLength: 0 };
  const seen = { asked: 0, silent: 0, heard: 0 };
  const stop = watchSilence({
    ...{ wire, clock, everyMs: 1_000, most: 3 },
    ask: () => {
      seen.asked += 1;
    },
    onHeard: () => {
      seen.heard += 1;
    },
    onSilent: () => {
      seen.silent += 1;
    },
  });
  return { clock, wire, seen, stop };
}

describe('a wire', () => {
  it('that says nothing is asked, and given up once after the third look', () => {
    const { clock, seen } = setup();
    clock.pass(2_999);
    expect(seen).toEqual({ asked: 2, silent: 0, heard: 0 });
    clock.pass(60_000);
    expect(seen).toEqual({ asked: 2, silent: 1, heard: 0 });
    expect(clock.waiting()).toBe(0);
  });

  it('lives by any byte, and is not asked while it speaks', () => {
    const { clock, wire, seen } = setup();
    for (let look = 0; look < 100; look += 1) {
      wire.bytesRead += 1;
      clock.pass(1_000);
    }
    expect(seen).toEqual({ asked: 0, silent: 0, heard: 100 });
  });

  it('that takes up what waits for it lives, however slowly', () => {
    const { clock, wire, seen } = setup();
    wire.bytesWritten = 6_000_000;
    wire.writableLength = 6_000_000;
    for (let look = 0; look < 100; look += 1) {
      wire.writableLength -= 1_000;
      clock.pass(1_000);
    }
    expect(seen.silent).toBe(0);
    clock.pass(4_000);
    expect(seen.silent).toBe(1);
  });

  it('does not live by what this side alone writes', () => {
    const { clock, wire, seen } = setup();
    for (let look = 0; look < 3; look += 1) {
      wire.bytesWritten += 64;
      clock.pass(1_000);
    }
    expect(seen.silent).toBe(1);
  });

  it('is not given up for an hour that no look was made in', () => {
    const { clock, wire, seen } = setup();
    clock.pass(1_500);
    // The clock was set, or the machine slept: still one look, and then an answer.
    wire.bytesRead += 36;
    clock.pass(1_000);
    expect(seen.silent).toBe(0);
  });

  it('is no longer looked at when it is over', () => {
    const { clock, seen, stop } = setup();
    stop();
    clock.pass(60_000);
    expect(seen).toEqual({ asked: 0, silent: 0, heard: 0 });
  });
});
