import { describe, expect, it } from 'vitest';
import {
  append,
  blockLines,
  emptyBuffer,
  type LogBuffer,
  lineAt,
  mostBytes,
  mostLines,
  prepend,
} from './log-buffer.ts';

const textOf = ({ blocks }: LogBuffer) => blocks.map(({ text }) => text).join('\n');
const numbered = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => `line ${first + index} é\n`).join('');
const bytes = (text: string) => Buffer.byteLength(text);

describe('a part of a log', () => {
  it('grows by what follows, a line at a time or a torn one', () => {
    let buffer = emptyBuffer(0);
    for (const [text, to] of [
      ['a', 1],
      ['b\nc', 4],
      ['\n', 5],
      ['d\n\n', 8],
    ] as const)
      buffer = append(buffer, text, to);
    expect(textOf(buffer)).toBe('ab\nc\nd\n');
    expect(buffer).toMatchObject({ from: 0, to: 8, lines: 4, open: false });
  });

  it('is kept in full blocks, whatever the parts', () => {
    const whole = numbered(0, 1_050);
    let buffer = emptyBuffer(0);
    for (let at = 0; at < whole.length; at += 97)
      buffer = append(buffer, whole.slice(at, at + 97), bytes(whole.slice(0, at + 97)));
    expect(buffer.lines).toBe(1_050);
    expect(`${textOf(buffer)}\n`).toBe(whole);
    expect(buffer.blocks.map(({ lines }) => lines)).toEqual(Array(21).fill(blockLines));
    expect(buffer.blocks.reduce((sum, block) => sum + block.bytes, 0)).toBe(bytes(whole));
    expect(new Set(buffer.blocks.map(({ key }) => key)).size).toBe(21);
  });

  it('grows at its front by whole lines; a torn one waits for the next part', () => {
    const whole = numbered(0, 300);
    const tailAt = bytes(numbered(0, 200));
    let buffer = append(emptyBuffer(tailAt), numbered(200, 100), bytes(whole));
    const middle = Buffer.from(whole).subarray(500, tailAt).toString('utf8');
    buffer = prepend(buffer, middle, 500);
    expect(buffer.from).toBeGreaterThan(500);
    buffer = prepend(buffer, Buffer.from(whole).subarray(0, buffer.from).toString('utf8'), 0);
    expect(buffer.from).toBe(0);
    expect(`${textOf(buffer)}\n`).toBe(whole);
    const keys = buffer.blocks.map(({ key }) => key);
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
  });

  it('finds the line of a byte', () => {
    const whole = numbered(0, 500);
    const buffer = append(emptyBuffer(1_000), whole, 1_000 + bytes(whole));
    for (const line of [0, 1, 99, 100, 101, 499])
      expect(lineAt(buffer, 1_000 + bytes(numbered(0, line)))).toBe(line);
    expect(lineAt(buffer, 999)).toBeUndefined();
    expect(lineAt(buffer, buffer.to)).toBeUndefined();
  });

  it('lets its beginning go when it is too long', () => {
    const part = '\n'.repeat(mostLines / 2);
    let buffer = append(emptyBuffer(0), part, part.length);
    buffer = append(buffer, part, part.length * 2);
    buffer = append(buffer, 'x\n'.repeat(1_000), part.length * 2 + 2_000);
    expect(buffer.lines).toBeLessThanOrEqual(mostLines);
    expect(buffer.from).toBe(1_000);
    expect(buffer.blocks.at(-1)?.text.startsWith('x')).toBe(true);
  });

  it('lets go what is farthest when its lines are long', () => {
    const line = `${'中'.repeat(1_000)}\n`;
    const part = line.repeat(blockLines);
    const rounds = Math.ceil((mostBytes * 1.5) / bytes(part));
    let buffer = emptyBuffer(0);
    for (let round = 1; round <= rounds; round += 1) buffer = append(buffer, part, round * bytes(part));
    expect(buffer.to - buffer.from).toBeLessThanOrEqual(mostBytes);
    expect(buffer.to).toBe(rounds * bytes(part));
    expect(buffer.blocks.reduce((sum, block) => sum + block.bytes, 0)).toBe(buffer.to - buffer.from);
    const { from } = buffer;
    buffer = prepend(buffer, part, from - bytes(part));
    // Its first line may be torn, and was left out.
    expect(buffer.from).toBe(from - bytes(part) + bytes(line));
    expect(buffer.to - buffer.from).toBeLessThanOrEqual(mostBytes);
  });

  it('cuts a line that never ends, and goes on after it', () => {
    const part = '\r 50 %'.repeat(20_000);
    let buffer = emptyBuffer(0);
    for (let round = 1; round <= 8; round += 1) buffer = append(buffer, part, round * part.length);
    expect(Math.max(...buffer.blocks.map(({ text }) => text.length))).toBeLessThan(part.length * 4);
    buffer = append(buffer, '\nnext\n', 8 * part.length + 6);
    expect(textOf(buffer).endsWith('\nnext')).toBe(true);
  });
});
