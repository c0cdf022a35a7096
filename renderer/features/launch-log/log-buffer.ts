/** Lines that are drawn and measured together: few enough to draw at once, enough that a million lines are few blocks. */
export const blockLines = 50;
/** What is kept in the window, in lines and bytes. Beyond it those that are farthest from where one reads are let go. */
export const mostLines = 100_000;
export const mostBytes = 6 * 1024 * 1024;
/** A line without an end is cut here: a bar of progress writes over itself for hours. */
const mostBlockChars = 256 * 1024;

export interface LogBlock {
  /** Stays the same while the block is kept; smaller before larger. */
  readonly key: number;
  /** Its lines, without the last line's end. Kept whole: a million small strings would be heavy. */
  readonly text: string;
  readonly lines: number;
  /** Of the log, in bytes, its line ends included. */
  readonly bytes: number;
}

/** A stretch of a log that is known: whole lines from one byte to another. */
export interface LogBuffer {
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly LogBlock[];
  readonly lines: number;
  /** The last line has no end yet: what comes belongs to it. */
  readonly open: boolean;
}

export const emptyBuffer = (at: number): LogBuffer => ({
  from: at,
  to: at,
  blocks: [],
  lines: 0,
  open: false,
});

const encoder = new TextEncoder();
/** Written over by each count: a text made anew for its length alone would be garbage. */
const scratch = new Uint8Array(64 * 1024);

function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; ) {
    const { read, written } = encoder.encodeInto(at === 0 ? text : text.slice(at), scratch);
    bytes += written;
    at += read;
  }
  return bytes;
}

const lastKey = (buffer: LogBuffer): number => buffer.blocks.at(-1)?.key ?? 0;

/** Adds what follows on; `to` is the byte after it. Pure. */
export function append(buffer: LogBuffer, text: string, to: number): LogBuffer {
  if (text === '') return { ...buffer, to };
  const last = buffer.blocks.at(-1);
  // A block that has room is made again with what comes, so that a log that grows line by line has full blocks.
  const joins =
    last !== undefined && last.text.length < mostBlockChars && (buffer.open || last.lines < blockLines);
  const before = joins ? buffer.blocks.slice(0, -1) : buffer.blocks;
  const whole = joins ? `${last.text}${buffer.open ? '' : '\n'}${text}` : text;
  const fresh = cut(whole, (joins ? last.key : lastKey(buffer) + 1) || 1);
  return drop({ ...withBlocks(buffer, [...before, ...fresh]), to, open: !text.endsWith('\n') }, 'first');
}

/** Adds what stands before; its last line ends where the buffer begins. A torn line at its front is left out. Pure. */
export function prepend(buffer: LogBuffer, text: string, from: number): LogBuffer {
  const cutAt = from === 0 ? -1 : text.indexOf('\n');
  const whole = text.slice(cutAt + 1);
  if (whole === '') return { ...buffer, from };
  const blocks = cut(whole, 0);
  const first = (buffer.blocks[0]?.key ?? 1) - blocks.length;
  const keyed = blocks.map((block, index) => ({ ...block, key: first + index }));
  const begin = from === 0 ? 0 : buffer.from - bytesOf(whole);
  return drop({ ...withBlocks(buffer, [...keyed, ...buffer.blocks]), from: begin }, 'last');
}

/** The index of the line in which this byte is; `undefined` where it is not known. Pure. */
export function lineAt(buffer: LogBuffer, at: number): number | undefined {
  if (at < buffer.from || at >= buffer.to) return undefined;
  let start = buffer.from;
  let line = 0;
  for (const block of buffer.blocks) {
    if (at < start + block.bytes) {
      for (const text of block.text.split('\n')) {
        start += bytesOf(text) + 1;
        if (at < start) return line;
        line += 1;
      }
      return line - 1;
    }
    start += block.bytes;
    line += block.lines;
  }
  return Math.max(0, buffer.lines - 1);
}

/** Whole text in blocks, keys counted up. */
function cut(text: string, firstKey: number): readonly LogBlock[] {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const blocks: LogBlock[] = [];
  let start = 0;
  while (start <= body.length) {
    let end = start - 1;
    let lines = 0;
    while (lines < blockLines) {
      const next = body.indexOf('\n', end + 1);
      lines += 1;
      end = next < 0 ? body.length : next;
      if (next < 0) break;
    }
    const part = body.slice(start, end);
    blocks.push({ key: firstKey + blocks.length, text: part, lines, bytes: bytesOf(part) + 1 });
    start = end + 1;
  }
  return blocks;
}

const withBlocks = (buffer: LogBuffer, blocks: readonly LogBlock[]): LogBuffer => ({
  ...buffer,
  blocks,
  lines: blocks.reduce((sum, { lines }) => sum + lines, 0),
});

/** Lets the blocks at one end go while there are too many. */
function drop(buffer: LogBuffer, end: 'first' | 'last'): LogBuffer {
  let { from, to, lines } = buffer;
  let count = 0;
  let bytes = to - from;
  while ((lines > mostLines || bytes > mostBytes) && count < buffer.blocks.length - 1) {
    const block = end === 'first' ? buffer.blocks[count] : buffer.blocks[buffer.blocks.length - 1 - count];
    if (block === undefined) break;
    lines -= block.lines;
    bytes -= block.bytes;
    if (end === 'first') from += block.bytes;
    else to -= block.bytes;
    count += 1;
  }
  if (count === 0) return buffer;
  const blocks = end === 'first' ? buffer.blocks.slice(count) : buffer.blocks.slice(0, -count);
  return { from, to, lines, blocks, open: end === 'first' && buffer.open };
}
