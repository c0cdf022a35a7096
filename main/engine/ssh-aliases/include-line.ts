/**
 * A person's file with one line of ours at its top, and without it. All else stays byte for byte: text of any coding, ends of
 * lines of any system, or none at the end. Pure.
 */
export function withLine(file: Buffer, line: string): Buffer {
  if (find(file, line) !== undefined) return file;
  const firstEnd = file.indexOf(0x0a);
  const end = firstEnd > 0 && file[firstEnd - 1] === 0x0d ? '\r\n' : '\n';
  return Buffer.concat([Buffer.from(`${line}${end}`), file]);
}

export function withoutLine(file: Buffer, line: string): Buffer {
  const found = find(file, line);
  return found === undefined ? file : Buffer.concat([file.subarray(0, found.from), file.subarray(found.to)]);
}

export const hasLine = (file: Buffer, line: string): boolean => find(file, line) !== undefined;

/** The line as a whole, with its end. */
function find(file: Buffer, line: string): { readonly from: number; readonly to: number } | undefined {
  const bytes = Buffer.from(line);
  for (let from = file.indexOf(bytes); from >= 0; from = file.indexOf(bytes, from + 1)) {
    if (from > 0 && file[from - 1] !== 0x0a) continue;
    const to = from + bytes.length;
    if (to === file.length) return { from, to };
    if (file[to] === 0x0a) return { from, to: to + 1 };
    if (file[to] === 0x0d && file[to + 1] === 0x0a) return { from, to: to + 2 };
  }
  return undefined;
}
