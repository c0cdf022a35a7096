import { readPlace, type WrittenPlace } from './jumps.ts';
import { splitArguments } from './split-arguments.ts';

/**
 * The jump host of a `ProxyCommand` that does what `ProxyJump` does: `ssh [-q] [-l user] [-p port] -W %h:%p host`, or
 * `ssh host nc %h %p`. Nothing for every other command. Pure.
 */
export function jumpOfCommand(
  command: string,
  tokens: Readonly<Record<string, string>>,
): readonly WrittenPlace[] | undefined {
  const words = [...(splitArguments(command) ?? [])];
  if (words[0] === 'exec') words.shift();
  if (!/^(?:.*\/)?ssh$/.test(words.shift() ?? '')) return undefined;
  let user: string | undefined;
  let port: number | undefined;
  let isPassed = false;
  let place: WrittenPlace | undefined;
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (/^-[aCfNnqTvx46]+$/.test(word)) continue;
    const option = /^-([lpW])(.*)$/s.exec(word);
    if (option !== null) {
      const value = option[2] || words.shift();
      if (option[1] === 'l') user = expanded(value, tokens);
      else if (option[1] === 'p') port = Number(value);
      else if (value === '%h:%p' || value === '[%h]:%p') isPassed = true;
      else return undefined;
      continue;
    }
    if (word.startsWith('-')) return undefined;
    if (place === undefined) place = readPlace(word);
    else if (/^(?:\/\S+\/)?(?:nc|ncat|netcat)$/.test(word)) {
      const rest = words.splice(0).filter((each) => !/^-[qw]?\d*$/.test(each));
      if (rest.join(' ') !== '%h %p') return undefined;
      isPassed = true;
    } else return undefined;
    if (place === undefined) return undefined;
  }
  if (!isPassed || place === undefined) return undefined;
  if (port !== undefined && !(port >= 1 && port <= 65_535)) return undefined;
  return [{ ...place, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) }];
}

const expanded = (text: string | undefined, { r = '', u = '' }: Readonly<Record<string, string>>) =>
  text === '%r' ? r : text === '%u' ? u : text;
