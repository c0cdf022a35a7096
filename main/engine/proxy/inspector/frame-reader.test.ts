import { describe, expect, it } from 'vitest';
import { createFrameLog } from './frame-reader.ts';

/** A frame as a client (masked) or a service sends it. */
function frame(opcode: number, payload: Buffer, masked: boolean, first = 0x80): Buffer {
  const { length } = payload;
  const size =
    length < 126
      ? [length]
      : length < 65_536
        ? [126, length >> 8, length & 255]
        : [127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
  size[0] = (size[0] ?? 0) | (masked ? 0x80 : 0);
  const mask = [1, 2, 3, 4];
  const body = masked ? Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))) : payload;
  return Buffer.concat([Buffer.of(first | opcode, ...size, ...(masked ? mask : [])), body]);
}

describe('frames of a WebSocket', () => {
  it.each([1, 2, 5, 1_000_000])('are read in parts of %i bytes, both ways', (size) => {
    const log = createFrameLog(() => 7);
    const up = Buffer.concat([
      frame(1, Buffer.from('{"token":"hush","n":1}'), true),
      frame(1, Buffer.from('你好'), true),
      frame(2, Buffer.alloc(300, 1), true),
      frame(8, Buffer.concat([Buffer.of(3, 232), Buffer.from('bye')]), true),
    ]);
    const down = Buffer.concat([
      frame(1, Buffer.alloc(70_000, 'x'), false),
      frame(9, Buffer.from('p'), false),
      frame(1, Buffer.from('zz'), false, 0xc0),
    ]);
    for (let at = 0; at < up.length; at += size) log.up(up.subarray(at, at + size));
    for (let at = 0; at < down.length; at += size) log.down(down.subarray(at, at + size));
    const seen = log
      .list()
      .map(({ way, kind, bytes, text, isCompressed }) => [way, kind, bytes, text.slice(0, 40), isCompressed]);
    expect(seen).toEqual([
      ['up', 'text', 22, '{"token":"[redacted]","n":1}', false],
      ['up', 'text', 6, '你好', false],
      ['up', 'binary', 300, '', false],
      ['up', 'close', 5, '1000 bye', false],
      ['down', 'text', 70_000, 'x'.repeat(40), false],
      ['down', 'ping', 1, 'p', false],
      ['down', 'text', 2, '', true],
    ]);
    expect(log.list()[4]?.text).toHaveLength(2048);
  });

  it('are kept to the last two hundred, and what is none is left alone', () => {
    const log = createFrameLog(() => 0);
    for (let count = 0; count < 300; count += 1) log.down(frame(1, Buffer.from(String(count)), false));
    expect(log.list()).toHaveLength(200);
    expect(log.list()[0]?.text).toBe('100');
    log.up(Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(50)));
    expect(log.list()).toHaveLength(200);
  });
});
