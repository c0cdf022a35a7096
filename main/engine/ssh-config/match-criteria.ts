/** One condition of a `Match` line. */
export interface Criterion {
  /** In lower case. */
  readonly name: string;
  readonly negated: boolean;
  /** Absent with `all`, `canonical` and `final`. */
  readonly value?: string;
}

const alone = new Set(['all', 'canonical', 'final']);

/** The conditions of a `Match` line, `host=a` as `host a`; `undefined` where one has no value. Linear, pure. */
export function readCriteria(words: readonly string[]): readonly Criterion[] | undefined {
  const criteria: Criterion[] = [];
  const parts = words.flatMap(atEquals);
  for (let at = 0; at < parts.length; at += 1) {
    const word = parts[at] ?? '';
    const negated = word.startsWith('!');
    const name = (negated ? word.slice(1) : word).toLowerCase();
    if (alone.has(name)) {
      criteria.push({ name, negated });
      continue;
    }
    at += 1;
    const value = parts[at];
    if (value === undefined || value === '') return undefined;
    criteria.push({ name, negated, value });
  }
  return criteria.length === 0 ? undefined : criteria;
}

const withValue = new Set(['host', 'originalhost', 'user', 'localuser', 'exec', 'localnetwork', 'tagged']);

function atEquals(word: string): readonly string[] {
  const at = word.indexOf('=');
  const name = word.slice(0, at);
  if (at < 0 || !withValue.has(name.replace(/^!/, '').toLowerCase())) return [word];
  return [name, word.slice(at + 1)].filter((part) => part !== '');
}
