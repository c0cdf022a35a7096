import type { Block, Compiled } from './compile.ts';
import { type Criterion, readCriteria } from './match-criteria.ts';
import { applyLine, note, type Options } from './options.ts';
import { matchesList, namesHost } from './patterns.ts';
import { expandTokens } from './tokens.ts';
import type { Surroundings } from './types.ts';

/**
 * Sets what the configurations say of a host, on top of what a command said; the first value wins. `Match exec` is never
 * run: it does not match, and is noted. Pure.
 */
export function evaluate(
  alias: string,
  options: Options,
  configs: readonly Compiled[],
  around: Surroundings,
): void {
  const pass = { alias, options, around, host: alias, isFinal: false };
  for (const config of configs) walk(config, pass);
  if (!configs.some(({ hasFinal }) => hasFinal)) return;
  // As ssh(1) does wherever `Match final` stands, all of it is read again, with the name that came out of the first time.
  const host = hostOf(alias, options);
  options.hostName = host;
  for (const config of configs) walk(config, { ...pass, host, isFinal: true });
}

/** Where an alias leads, so far. */
export const hostOf = (alias: string, { hostName }: Options): string => {
  const host = hostName === undefined ? alias : (expandTokens(hostName, { h: alias }) ?? hostName);
  // Addresses stay as they are.
  return host.includes(':') ? host : host.toLowerCase();
};

interface Pass {
  readonly alias: string;
  /** What `Host` lines are compared with. */
  readonly host: string;
  readonly options: Options;
  readonly around: Surroundings;
  readonly isFinal: boolean;
}

function walk(config: Compiled, pass: Pass) {
  const active = new Map<Block, boolean>();
  const isActive = (block: Block): boolean => {
    const known = active.get(block);
    if (known !== undefined) return known;
    const holds = (block.outer === undefined || isActive(block.outer)) && headHolds(block, pass);
    active.set(block, holds);
    return holds;
  };
  for (const { text, why, at } of config.notTaken) note(pass.options, why, { text, at: at ?? '' });
  for (const number of merged(config.common, config.named.get(pass.host) ?? [])) {
    const run = config.runs[number];
    if (run === undefined || !isActive(run.block)) continue;
    for (const line of run.lines) applyLine(pass.options, line);
  }
}

function* merged(a: readonly number[], b: readonly number[]): Generator<number> {
  let next = 0;
  for (const number of a) {
    for (; (b[next] ?? Infinity) < number; next += 1) yield b[next] as number;
    yield number;
  }
  for (; next < b.length; next += 1) yield b[next] as number;
}

function headHolds({ head }: Block, pass: Pass): boolean {
  if (head === undefined) return true;
  if (head.words === undefined || head.words.length === 0) {
    note(pass.options, 'unknown', head);
    return false;
  }
  return head.keyword === 'host' ? namesHost(head.words, pass.host) : matchHolds(head, pass);
}

/** `match_cfg_line` of readconf.c, without running anything. */
function matchHolds(head: NonNullable<Block['head']>, pass: Pass): boolean {
  const criteria = readCriteria(head.words ?? []);
  if (criteria === undefined) {
    note(pass.options, 'unknown', head);
    return false;
  }
  let holds = true;
  for (const criterion of criteria) {
    const found = isMet(criterion, pass);
    if (found === undefined) {
      // Running what a file says, and looking at the network, are not for a reader.
      if (holds) note(pass.options, criterion.name === 'exec' ? 'not_run' : 'not_done', head);
      return false;
    }
    if (found === criterion.negated) holds = false;
  }
  return holds;
}

function isMet({ name, value = '' }: Criterion, pass: Pass): boolean | undefined {
  const { options, around, alias, host } = pass;
  switch (name) {
    case 'all':
      return true;
    case 'canonical':
      return false;
    case 'final':
      return pass.isFinal;
    case 'host': {
      const { hostName } = options;
      const named = hostName === undefined ? host : (expandTokens(hostName, { h: host }) ?? hostName);
      return matchesList(named, value, true);
    }
    case 'originalhost':
      return matchesList(alias, value, true);
    case 'user':
      return matchesList(options.user ?? around.userName, value);
    case 'localuser':
      return matchesList(around.userName, value);
    default:
      return undefined;
  }
}
