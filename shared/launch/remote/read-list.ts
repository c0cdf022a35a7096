import { launchMetaSchema } from '../../model/launch.ts';
import type { FoundLaunch, Processes, ProcessLine } from './processes.ts';

export interface LaunchListing {
  /** The folder that lasts, or the home folder where there is none. */
  readonly home: string;
  /** Seconds since the epoch by the container's clock. */
  readonly now: number;
  readonly launches: readonly FoundLaunch[];
  readonly processes: Processes;
}

type Draft = { -readonly [K in keyof FoundLaunch]?: FoundLaunch[K] } & {
  launchId: string;
  marked: number[];
  lines: string[];
  errors: string[];
};

/** Reads what `listScript` printed; `undefined` when it did not run to its end. A service whose notes make no sense is left out. */
export function readLaunchList(output: string): LaunchListing | undefined {
  const drafts: Draft[] = [];
  const processes = new Map<number, ProcessLine>();
  const writers: { readonly pid: number; readonly file: string }[] = [];
  let section: 'head' | 'launch' | 'processes' | 'outputs' | 'end' = 'head';
  let home = '';
  let now = 0;
  for (const line of output.split('\n')) {
    const [first = '', rest = ''] = cutAtBlank(line);
    if (section !== 'launch' || !/^[|!] /.test(line)) {
      if (first === 'gearway:home') home = rest;
      else if (first === 'gearway:launch') {
        section = 'launch';
        drafts.push({ launchId: rest, marked: [], lines: [], errors: [] });
        continue;
      } else if (line === 'gearway:processes') section = 'processes';
      else if (line === 'gearway:outputs') section = 'outputs';
      else if (line === 'gearway:end') section = 'end';
    }
    if (section === 'head' && first === 'now') now = Number(rest);
    else if (section === 'launch') noteLaunch(drafts.at(-1), line, first, rest);
    else if (section === 'processes') {
      const one = readProcess(line);
      if (one !== undefined) processes.set(one.pid, one);
    } else if (section === 'outputs') {
      const found = /^\/proc\/(\d+)\/fd\/[12] -> (.+)$/.exec(line);
      if (found?.[2] !== undefined) writers.push({ pid: Number(found[1]), file: found[2] });
    }
  }
  if (section !== 'end') return undefined;
  const launches = drafts.flatMap((draft) => {
    if (draft.meta === undefined || !/^[a-z0-9-]{1,60}$/.test(draft.launchId)) return [];
    const file = `/${draft.launchId}/log`;
    const writing = writers.filter((one) => one.file.endsWith(file)).map((one) => one.pid);
    const { lines, errors, ...rest } = draft;
    return [
      {
        ...rest,
        meta: draft.meta,
        logBytes: draft.logBytes ?? 0,
        lastLines: lines,
        errorLines: errors,
        writing,
      },
    ];
  });
  return { home, now, launches, processes };
}

function noteLaunch(draft: Draft | undefined, line: string, first: string, rest: string): void {
  if (draft === undefined) return;
  if (line.startsWith('| ')) {
    draft.lines.push(line.slice(2, 1_000));
    return;
  }
  if (line.startsWith('! ')) {
    draft.errors.push(line.slice(2, 1_000));
    return;
  }
  const words = rest.split(' ');
  const numbers = words.map(Number);
  switch (first) {
    case 'size':
      draft.logBytes = numberOr(numbers[0], 0);
      return;
    case 'run':
      if (words.length >= 5 && /^\d+$/.test(words[2] ?? ''))
        draft.run = {
          token: words[0] ?? '',
          pid: numberOr(numbers[1], 0),
          begun: words[2] ?? '',
          session: numberOr(numbers[3], 0),
          since: numberOr(numbers[4], 0),
        };
      return;
    case 'exit':
      draft.exit = { code: numberOr(numbers[0], 0), at: numberOr(numbers[1], 0) };
      return;
    case 'stopped':
      draft.stoppedAt = numberOr(numbers[0], 0);
      return;
    case 'meta':
      draft.meta = readMeta(rest);
      return;
    default: {
      const marked = /^\/proc\/(\d+)\/environ$/.exec(line)?.[1];
      if (marked !== undefined) draft.marked.push(Number(marked));
    }
  }
}

function readMeta(text: string) {
  try {
    const read = launchMetaSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** proc(5) `stat`: the name in parentheses may hold blanks and parentheses itself, so the last one counts. */
function readProcess(line: string): ProcessLine | undefined {
  const close = line.lastIndexOf(') ');
  const pid = Number.parseInt(line, 10);
  const fields = line.slice(close + 2).split(' ');
  const begun = fields[19];
  if (close < 0 || !Number.isInteger(pid) || begun === undefined) return undefined;
  return {
    pid,
    parent: Number(fields[1]),
    session: Number(fields[3]),
    begun,
    isOver: fields[0] === 'Z' || fields[0] === 'X',
  };
}

const cutAtBlank = (line: string): readonly [string, string] => {
  const at = line.indexOf(' ');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
};

const numberOr = (value: number | undefined, other: number): number =>
  value !== undefined && Number.isFinite(value) ? value : other;
