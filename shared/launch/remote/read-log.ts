import type { LogMatch, LogPart } from '../../model/launch.ts';

/** Reads what `logScript` printed; `undefined` for anything else. */
export function readLogPart(output: string): LogPart | undefined {
  const end = output.indexOf('\n');
  const head = /^gearway:log (\d+) (\d+) (\d+)$/.exec(end < 0 ? output : output.slice(0, end));
  if (head === null) return undefined;
  const [from = 0, to = 0, size = 0] = head.slice(1).map(Number);
  return { from, to, size, text: end < 0 ? '' : output.slice(end + 1) };
}

/** Reads what `searchScript` printed; `undefined` when it did not run to its end. */
export function readMatches(output: string): readonly LogMatch[] | undefined {
  const lines = output.split('\n');
  const kind = lines[0];
  if (kind !== 'gearway:bytes' && kind !== 'gearway:lines') return undefined;
  const end = lines.lastIndexOf('gearway:end');
  if (end < 1) return undefined;
  return lines.slice(1, end).flatMap((line) => {
    const found = (kind === 'gearway:bytes' ? /^(\d+):(\d+):(.*)$/s : /^(\d+)()[:](.*)$/s).exec(line);
    if (found === null) return [];
    const at = found[2] === '' ? undefined : Number(found[2]);
    return [{ line: Number(found[1]), at, text: found[3] ?? '' }];
  });
}
