import { describe, expect, it } from 'vitest';
import { createChunkTracker } from './chunk-tracker.ts';

/** Reads `text` in parts of `size` bytes: what belongs to the body, its data, and whether it ended. */
function track(text: string, size: number, how: 'strict' | 'lenient' = 'strict') {
  const tracker = createChunkTracker(how);
  const bytes = Buffer.from(text, 'latin1');
  let data = '';
  let taken = 0;
  for (let at = 0; at < bytes.length && !tracker.isDone; at += size) {
    const read = tracker.read(bytes.subarray(at, at + size), (part) => {
      data += part.toString('latin1');
    });
    if (read === undefined) return 'wrong';
    taken += read;
  }
  return { data, taken, isDone: tracker.isDone };
}

describe('a chunked body', () => {
  const body = '3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n';
  it.each([1, 2, 3, 7, 1_000])('is found to its end in parts of %i', (size) => {
    expect(track(`${body}GET / HTTP`, size)).toEqual({
      data: 'abc0123456789',
      taken: body.length,
      isDone: true,
    });
  });

  it('is open until its last line', () => {
    for (let length = 1; length < body.length; length += 1)
      expect(track(body.slice(0, length), 5)).toMatchObject({ isDone: false });
  });

  it.each([
    'x\r\n',
    '\r\n',
    '-1\r\n',
    '3\nabc',
    '3\rabc',
    '3\r\nabcd\r\n',
    '3\r\nabc\n0\r\n',
    'fffffffffffff\r\n',
    '0\r\n\n',
    '0\r\nX: y\n\r\n',
    `0;${'x'.repeat(20_000)}`,
    `0\r\n${'x'.repeat(20_000)}`,
  ])('%j is none', (text) => {
    expect(track(text, 1_000_000)).toBe('wrong');
    expect(track(text, 1)).toBe('wrong');
  });

  it.each([
    ['3\nabc\n0\n\n', 'abc'],
    ['3  \r\nabc\r\n0 \r\n\r\n', 'abc'],
    [' 3\r\nabc\r\n 0\r\n\r\n', 'abc'],
    ['003;a=b\nabc\r\n0\r\nX: y\n\r\n', 'abc'],
    ['3 ;a="b c"\r\nabc\r\n000\r\n\n', 'abc'],
  ])('of a service is taken as curl and nginx take it: %j', (text, data) => {
    for (const size of [1, 2, 100])
      expect(track(`${text}rest`, size, 'lenient')).toEqual({ data, taken: text.length, isDone: true });
  });

  it.each([
    'x\r\n',
    '\r\n',
    '3\rabc',
    '3 4\r\n',
    '3\r\nabcd',
    'fffffffffffff\r\n',
    `0\n${'x'.repeat(20_000)}`,
  ])('of a service is none: %j', (text) => {
    expect(track(text, 1_000_000, 'lenient')).toBe('wrong');
    expect(track(text, 1, 'lenient')).toBe('wrong');
  });

  it('keeps its trailers as they came', () => {
    const text = '1\r\na\r\n0\r\nX-Sum: 1\r\nY: 2\r\n\r\n';
    for (const size of [1, 3, 100]) {
      const tracker = createChunkTracker('strict');
      for (let at = 0; at < text.length; at += size)
        tracker.read(Buffer.from(text.slice(at, at + size)), () => {});
      expect(tracker.trailers).toBe('X-Sum: 1\r\nY: 2\r\n');
    }
  });

  it('is found whatever it carries and however it is cut', () => {
    let seed = 7;
    const random = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % most;
    };
    for (let round = 0; round < 200; round += 1) {
      let data = '';
      let coded = '';
      for (let count = random(6); count > 0; count -= 1) {
        const part = String.fromCharCode(...Array.from({ length: 1 + random(40) }, () => random(256)));
        data += part;
        coded += `${part.length.toString(16)}\r\n${part}\r\n`;
      }
      coded += '0\r\n\r\n';
      expect(track(`${coded}rest`, 1 + random(30))).toEqual({ data, taken: coded.length, isDone: true });
    }
  });
});
