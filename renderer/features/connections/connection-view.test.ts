import { describe, expect, it } from 'vitest';
import { withPort } from './connection-view.ts';

describe('a forward on another port', () => {
  it.each([
    ['5405:127.0.0.1:5301', '6000:127.0.0.1:5301'],
    ['127.0.0.1:5405:127.0.0.1:5301', '127.0.0.1:6000:127.0.0.1:5301'],
    ['[::1]:5405:[::1]:5301', '[::1]:6000:[::1]:5301'],
    ['0.0.0.0:1080', '0.0.0.0:6000'],
    ['1080', '6000'],
    ['5405:/run/x.sock', '6000:/run/x.sock'],
  ])('%s becomes %s', (typed, wanted) => {
    expect(withPort(typed, 6000)).toBe(wanted);
  });
});
