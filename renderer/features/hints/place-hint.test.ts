import { describe, expect, it } from 'vitest';
import { placeHint } from './place-hint.ts';

const room = { width: 900, height: 640 };
const hint = { width: 80, height: 24 };
const button = (left: number, top: number) => ({ left, top, width: 28, height: 28 });

describe('a hint', () => {
  it.each([
    ['stands under the middle of its button', button(400, 100), 'below', { left: 374, top: 134 }],
    ['stands over it at the foot of the window', button(400, 600), 'below', { left: 374, top: 570 }],
    ['keeps away from the left edge', button(4, 100), 'below', { left: 8, top: 134 }],
    ['keeps away from the right edge', button(870, 100), 'below', { left: 812, top: 134 }],
    ['stands beside what is in a column', button(14, 100), 'beside', { left: 48, top: 102 }],
    ['stands on the other side at the right edge', button(860, 100), 'beside', { left: 774, top: 102 }],
    ['stays in the window beside the last one', button(14, 620), 'beside', { left: 48, top: 608 }],
  ] as const)('%s', (_, about, side, at) => {
    expect(placeHint(about, hint, room, side)).toEqual(at);
  });

  it('is in the window wherever it belongs, as far as it fits', () => {
    for (let step = 0; step < 500; step += 1) {
      const at = (all: number) => ((step * 7919) % (all + 400)) - 200;
      const about = { left: at(room.width), top: at(room.height), width: step % 300, height: step % 90 };
      const { left, top } = placeHint(about, hint, room, step % 2 === 0 ? 'below' : 'beside');
      expect(left).toBeGreaterThanOrEqual(8);
      expect(top).toBeGreaterThanOrEqual(8);
      expect(left + hint.width).toBeLessThanOrEqual(room.width - 8);
      expect(top + hint.height).toBeLessThanOrEqual(room.height - 8);
    }
  });
});
