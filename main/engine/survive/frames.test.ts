import { randomBytes, randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createDecoder, encode, type Frame } from './frames.ts';
import { createResendQueue } from './resend-queue.ts';

/** As they are said, with pieces of data put together. */
const joined = (frames: readonly Frame[]) =>
  frames
    .map((frame) => (frame.kind === 'data' ? frame.data.toString('hex') : JSON.stringify(frame)))
    .join('');

describe('frames', () => {
  it('are the same whatever pieces they come in', () => {
    for (let round = 0; round < 50; round += 1) {
      const said: Frame[] = Array.from({ length: 20 }, (): Frame => {
        const dice = randomInt(10);
        if (dice === 0) return { kind: 'end' };
        if (dice === 1) return { kind: 'reset' };
        if (dice < 4) return { kind: 'ack', count: randomInt(2 ** 47) };
        return { kind: 'data', data: randomBytes(randomInt(1, dice === 9 ? 600_000 : 60)) };
      });
      const bytes = Buffer.concat(said.flatMap(encode));
      const heard: Frame[] = [];
      const take = createDecoder((frame) => heard.push(frame));
      for (let at = 0; at < bytes.length; ) {
        const size = randomInt(1, randomInt(2) === 0 ? 9 : 300_000);
        take(bytes.subarray(at, at + size));
        at += size;
      }
      expect(joined(heard)).toBe(joined(said));
    }
  });

  it.each(['X0000', 'A\0\0\0\x09', 'D\x7f\xff\xff\xff', 'E\0\0\0\x01'])(
    'that make no sense are refused: %j',
    (text) => {
      expect(() => createDecoder(() => {})(Buffer.from(text, 'latin1'))).toThrow();
    },
  );
});

describe('what is kept to be said again', () => {
  it('is exactly what the other side does not have, at any point', () => {
    for (let round = 0; round < 200; round += 1) {
      const queue = createResendQueue();
      const all: Buffer[] = [];
      let had = 0;
      for (let step = 0; step < 30; step += 1) {
        const data = randomBytes(randomInt(1, 50));
        all.push(data);
        queue.push({ kind: 'data', data });
        const whole = Buffer.concat(all);
        had = randomInt(had, whole.length + 1);
        expect(queue.had(had)).toBe(true);
        const kept = Buffer.concat(
          queue.list().map((frame) => (frame.kind === 'data' ? frame.data : Buffer.alloc(0))),
        );
        expect(kept.equals(whole.subarray(had))).toBe(true);
        expect(queue.size()).toBe(kept.length);
      }
      expect(queue.had(Buffer.concat(all).length + 1)).toBe(false);
    }
  });

  it('counts an end as one byte, so that it is known to have come', () => {
    const queue = createResendQueue();
    queue.push({ kind: 'data', data: Buffer.from('ab') });
    queue.push({ kind: 'end' });
    queue.had(2);
    expect(queue.list()).toEqual([{ kind: 'end' }]);
    queue.had(3);
    expect([queue.size(), queue.list()]).toEqual([0, []]);
  });
});
