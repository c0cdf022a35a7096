/** A command as a client sent it, or why the bytes are none. */
type RespCommand =
  | { readonly kind: 'command'; readonly words: readonly string[]; readonly used: number }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'invalid'; readonly message: string };

const mostWords = 1_000;
const mostBytes = 512 * 1024;

/**
 * Reads one command from the front of `bytes`: an array of bulk strings, or words on a line
 * (redis.io/docs/latest/develop/reference/protocol-spec). `used` tells how many bytes it took.
 */
export function readCommand(bytes: Buffer): RespCommand {
  if (bytes.length === 0) return { kind: 'incomplete' };
  if (bytes[0] !== 0x2a) return readInline(bytes);
  const count = readNumber(bytes, 1);
  if (count === undefined) return wait(bytes, 'invalid multibulk length');
  if (count.value > mostWords) return { kind: 'invalid', message: 'invalid multibulk length' };
  const words: string[] = [];
  let at = count.next;
  for (let index = 0; index < count.value; index += 1) {
    if (at >= bytes.length) return wait(bytes, '');
    if (bytes[at] !== 0x24) return { kind: 'invalid', message: "expected '$'" };
    const length = readNumber(bytes, at + 1);
    if (length === undefined) return wait(bytes, 'invalid bulk length');
    if (length.value < 0 || length.value > mostBytes)
      return { kind: 'invalid', message: 'invalid bulk length' };
    const end = length.next + length.value;
    if (bytes.length < end + 2) return wait(bytes, '');
    words.push(bytes.subarray(length.next, end).toString('utf8'));
    at = end + 2;
  }
  return { kind: 'command', words, used: at };
}

function readInline(bytes: Buffer): RespCommand {
  const end = bytes.indexOf(0x0a);
  if (end < 0) return wait(bytes, 'too big inline request');
  const words = bytes.subarray(0, end).toString('utf8').trim().split(/\s+/).filter(Boolean);
  return { kind: 'command', words, used: end + 1 };
}

/** A buffer that never becomes a command must not grow for ever. */
const wait = (bytes: Buffer, message: string): RespCommand =>
  bytes.length > mostBytes * 2 || (message !== '' && bytes.indexOf(0x0d) >= 0 && bytes.length > 64 * 1024)
    ? { kind: 'invalid', message: message || 'too big request' }
    : { kind: 'incomplete' };

function readNumber(
  bytes: Buffer,
  from: number,
): { readonly value: number; readonly next: number } | undefined {
  const end = bytes.indexOf('\r\n', from, 'latin1');
  if (end < 0 || end - from > 20)
    return end < 0 ? undefined : { value: mostWords * mostBytes, next: end + 2 };
  const text = bytes.subarray(from, end).toString('latin1');
  if (!/^-?\d+$/.test(text)) return { value: mostWords * mostBytes, next: end + 2 };
  return { value: Number(text), next: end + 2 };
}
