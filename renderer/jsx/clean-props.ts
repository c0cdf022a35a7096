import { shownText } from '../../shared/shown-text.ts';

/** What a person reads of an element; what is typed into a field (`value`) is the person's own. */
const said = ['children', 'title', 'aria-label', 'alt', 'placeholder'] as const;

/** Props whose texts can be shown: the same object where nothing had to be cleaned. */
export function cleanProps(given: unknown): object {
  const props = given as Readonly<Record<string, unknown>>;
  let clean = props;
  for (const name of said) {
    const value = props[name];
    const shown = cleanValue(value);
    if (shown !== value) clean = { ...clean, [name]: shown };
  }
  return clean;
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return shownText(value);
  if (!Array.isArray(value)) return value;
  const shown = value.map(cleanValue);
  return shown.every((each, at) => each === value[at]) ? value : shown;
}
