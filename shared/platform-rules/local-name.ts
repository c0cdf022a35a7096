import { maxLabelLength } from './constants.ts';

const fallback = 'service';

/**
 * Makes the name before `.localhost` out of what a service is called: a DNS label of at most 63 characters that
 * is not in `taken`. The same input gives the same name; the second one wanted gets `-2`, the third `-3`.
 */
export function localName(wanted: string, taken: ReadonlySet<string>): string {
  const base = label(wanted);
  if (!taken.has(base)) return base;
  for (let count = 2; ; count += 1) {
    const suffix = `-${count}`;
    const name = `${cut(base, maxLabelLength - suffix.length)}${suffix}`;
    if (!taken.has(name)) return name;
  }
}

/** Decomposed first, so that `Café` becomes `cafe` and not `caf`. */
function label(wanted: string): string {
  const text = wanted
    .slice(0, 1000)
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '');
  const name = cut(text, maxLabelLength);
  return name === '' ? fallback : name;
}

const cut = (text: string, length: number): string => text.slice(0, length).replace(/-+$/, '');
