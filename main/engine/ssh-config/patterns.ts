/** Does a pattern of ssh_config(5) match, `*` for any text and `?` for one character? Cases differ. Pure. */
export function matchesPattern(text: string, pattern: string): boolean {
  let at = 0;
  let spot = 0;
  /** Where the last `*` stands, and how much it took: it alone is ever tried anew. */
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    const char = pattern[spot];
    if (char === '*') {
      star = spot;
      taken = at;
      spot += 1;
    } else if (char !== undefined && (char === '?' || char === text[at])) {
      at += 1;
      spot += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      spot = star + 1;
    } else return false;
  }
  while (pattern[spot] === '*') spot += 1;
  return spot === pattern.length;
}

/** A list between commas, as `Match` takes it: one that is negated and matches decides. Pure. */
export function matchesList(text: string, list: string, ignoreCase = false): boolean {
  const wanted = ignoreCase ? text.toLowerCase() : text;
  let found = false;
  for (const part of list.split(',')) {
    const negated = part.startsWith('!');
    const pattern = negated ? part.slice(1) : part;
    if (!matchesPattern(wanted, ignoreCase ? pattern.toLowerCase() : pattern)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}

/** Do the words of a `Host` line name this host? Pure. */
export function namesHost(words: readonly string[], host: string): boolean {
  let found = false;
  for (const word of words) {
    const negated = word.startsWith('!');
    if (!matchesPattern(host, negated ? word.slice(1) : word)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}

/** Stands for itself only. */
export const isPlainName = (word: string): boolean => !/[*?!]/.test(word);
