import type { NotTaken } from '../../../shared/model/connection.ts';
import { type ConfigLine, readConfigLine } from './config-lines.ts';
import { findFiles } from './find-files.ts';
import { readCriteria } from './match-criteria.ts';
import { isPlainName } from './patterns.ts';
import type { ConfigFiles } from './types.ts';

/** A `Host` or `Match` line and what stands under it; `outer` must hold too, for what an Include brought. */
export interface Block {
  readonly head?: ConfigLine;
  readonly outer?: Block;
}

/** Lines that stand together under one block. */
export interface Run {
  readonly block: Block;
  readonly lines: ConfigLine[];
}

/** A configuration with its included files in their places, ready to be asked for one host after the other. */
export interface Compiled {
  readonly runs: readonly Run[];
  /** Numbers of runs that may count for every host, ascending. */
  readonly common: readonly number[];
  /** Numbers of runs that count for one name only, ascending. */
  readonly named: ReadonlyMap<string, readonly number[]>;
  /** Names that are no patterns, in the order of the files. */
  readonly names: readonly string[];
  /** Does a `Match final` stand anywhere, so that all of it is read twice? */
  readonly hasFinal: boolean;
  /** What holds for every host and could not be read. */
  readonly notTaken: readonly NotTaken[];
  /** Every file and folder that was looked at, with its stamp. */
  readonly stamps: ReadonlyMap<string, string | undefined>;
}

const deepest = 16;
/** Bounds what files that include each other can cost. */
const mostIncludes = 1_000;
const mostLines = 400_000;
const mostNames = 20_000;
export const mostConfigBytes = 16 * 1024 * 1024;

/** Reads a configuration and what it includes. Each file is read once; nothing is run. A file that is not there is empty. */
export async function compile(
  path: string,
  files: ConfigFiles,
  how: { readonly isSystem: boolean; readonly breathe: () => Promise<void> },
): Promise<Compiled> {
  const { breathe, isSystem } = how;
  const runs: Run[] = [];
  const notTaken: NotTaken[] = [];
  const stamps = new Map<string, string | undefined>();
  const texts = new Map<string, readonly ConfigLine[] | undefined>();
  let includes = 0;
  let lines = 0;

  async function linesOf(file: string): Promise<readonly ConfigLine[] | undefined> {
    if (texts.has(file)) return texts.get(file);
    stamps.set(file, await files.stamp(file));
    const text = await files.read(file, mostConfigBytes);
    const read = text === undefined ? undefined : await split(text, file, breathe);
    texts.set(file, read);
    return read;
  }

  async function add(file: string, outer: Block, depth: number): Promise<void> {
    const read = await linesOf(file);
    if (read === undefined) return;
    let run = begin(outer);
    for (const line of read) {
      lines += 1;
      if (lines > mostLines) return tooMuch(line);
      if (lines % 50 === 0) await breathe();
      if (line.keyword === 'host' || line.keyword === 'match')
        run = begin({ head: line, ...(outer.head === undefined ? {} : { outer }) });
      else if (line.keyword === 'include') {
        await include(line, run.block, depth);
        run = begin(run.block);
      } else run.lines.push(line);
    }
  }

  async function include(line: ConfigLine, block: Block, depth: number) {
    if (line.words === undefined || depth >= deepest) return tooMuch(line);
    for (const word of line.words) {
      const found = await findFiles(word, { files, isSystem, stamps });
      for (const file of found) {
        includes += 1;
        if (includes > mostIncludes || lines > mostLines) return tooMuch(line);
        await add(file, block, depth + 1);
      }
    }
  }

  function begin(block: Block): Run {
    const run: Run = { block, lines: [] };
    runs.push(run);
    return run;
  }
  const tooMuch = ({ text, at }: ConfigLine) => {
    if (notTaken.length === 0) notTaken.push({ text, at, why: 'not_done' });
  };

  await add(path, {}, 0);
  return { runs, ...(await index(runs, breathe)), notTaken, stamps };
}

async function split(text: string, file: string, breathe: () => Promise<void>): Promise<ConfigLine[]> {
  const found: ConfigLine[] = [];
  const short = file.slice(file.lastIndexOf('/') + 1);
  let number = 0;
  for (let from = text.startsWith('\ufeff') ? 1 : 0; from <= text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    number += 1;
    const line = readConfigLine(text.slice(from, to), `${short}:${number}`);
    if (line !== undefined) found.push(line);
    if (number % 50 === 0) await breathe();
    from = to + 1;
  }
  return found;
}

/** Finds by name what counts for one host, so that ten thousand hosts are not each compared with all others. */
async function index(runs: readonly Run[], breathe: () => Promise<void>) {
  const common: number[] = [];
  const named = new Map<string, number[]>();
  const names = new Set<string>();
  let hasFinal = false;
  for (const [number, { block, lines }] of runs.entries()) {
    if (number % 50 === 0) await breathe();
    const { head } = block;
    const isHost = head?.keyword === 'host';
    const words = isHost ? (head?.words ?? []) : [];
    for (const word of words)
      if (names.size < mostNames && word !== '' && word.length <= 200 && isPlainName(word)) names.add(word);
    if (head?.keyword === 'match')
      hasFinal ||= readCriteria(head.words ?? [])?.some(({ name }) => name === 'final') === true;
    if (lines.length === 0 && head?.keyword !== 'match') continue;
    if (!isHost || !words.every(isPlainName)) common.push(number);
    else
      for (const word of new Set(words)) {
        const known = named.get(word);
        if (known === undefined) named.set(word, [number]);
        else known.push(number);
      }
  }
  return { common, named, names: [...names], hasFinal };
}
