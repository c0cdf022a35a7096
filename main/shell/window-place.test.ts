import { describe, expect, it } from 'vitest';
import { placeOn } from './window-place.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const desk = { x: 1440, y: 0, width: 2560, height: 1440 };
const saved = (x: number, y: number, width = 1200, height = 800) => ({ x, y, width, height });

describe('where the window opens', () => {
  it.each([
    ['the first time', [laptop], undefined, { width: 1280, height: 800 }],
    ['where it was', [laptop], saved(100, 60), saved(100, 60)],
    ['on the second screen', [laptop, desk], saved(1700, 90), saved(1700, 90)],
    [
      'when that screen is gone, wherever the system likes',
      [laptop],
      saved(1700, 90),
      { width: 1200, height: 800 },
    ],
    ['when its title bar is above the screen', [laptop], saved(100, -300), { width: 1200, height: 800 }],
    ['when its title bar is below the screen', [laptop], saved(100, 2000), { width: 1200, height: 800 }],
    ['when hardly anything of it is on the screen', [laptop], saved(1400, 90), { width: 1200, height: 800 }],
    ['no larger than the screen', [laptop], saved(0, 30, 3000, 2000), saved(0, 30, 1440, 875)],
    ['no smaller than it can be used', [laptop], saved(0, 30, 400, -4), saved(0, 30, 480, 480)],
    ['with no screen at all', [], saved(5, 5), { width: 1200, height: 800 }],
  ])('%s', (_name, screens, bounds, expected) => {
    expect(placeOn(screens, bounds)).toEqual(expected);
  });
});
