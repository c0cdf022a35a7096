/** Characters of the inputs, each ten times the one before. */
const sizes = [1_000, 10_000, 100_000] as const;
/** Ten times the input may take so many times the time: ten, and room for a machine that does something else. */
const mostFactor = 45;
/** Faster than this nothing is slow, and a timer tells little, in ms. */
const quickMs = 80;
/** A try is repeated: the quickest one had the processor for itself. */
const tries = 4;

/** What grew faster than its input, as a sentence; `undefined` where nothing did. */
export function growth(
  parse: (text: string) => unknown,
  input: (size: number) => string,
): string | undefined {
  let before: number | undefined;
  for (const size of sizes) {
    const text = input(size);
    // A thousand characters take no such time, or ten thousand would take for ever.
    const most = before === undefined ? quickMs : Math.max(quickMs, before * mostFactor);
    const ms = quickest(() => parse(text), most);
    if (ms > most)
      return `${size} characters took ${ms.toFixed(1)} ms; a tenth of them ${before?.toFixed(2) ?? 'nothing'} ms`;
    before = Math.max(ms, 0.05);
  }
  return undefined;
}

/**
 * The processor time of the quickest of some tries, in ms: what other processes take is not counted. One that is quick
 * enough needs no other, and what is far from it gets no third.
 */
function quickest(call: () => unknown, enoughMs: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < tries && least > enoughMs / 4; round += 1) {
    if (round > 1 && least > enoughMs * 4) break;
    const start = process.cpuUsage();
    try {
      call();
    } catch {
      // Some say no by throwing: how long they think about it is what counts here.
    }
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

const repeated = (part: string) => (size: number) =>
  part.repeat(Math.ceil(size / part.length)).slice(0, size);
const between = (start: string, part: string, end: string) => (size: number) =>
  start + repeated(part)(Math.max(0, size - start.length - end.length)) + end;

/** What brings patterns and loops to their worst: many beginnings, no end, and blanks before what fits nothing. */
export const worstTexts: Readonly<Record<string, (size: number) => string>> = {
  letters: repeated('a'),
  digits: repeated('1'),
  blanks: repeated(' '),
  'line ends': repeated('\n'),
  'lines of one letter': repeated('a\n'),
  'blanks before a control': between('A:', ' ', '\x01'),
  'blanks in a field': between('Host: localhost\r\nA:', ' ', '\x01'),
  'tabs and blanks before a letter': between('key', '\t ', 'x'),
  'open brackets': repeated('<'),
  'open braces': repeated('{'),
  'open lists': repeated('['),
  'keys without values': repeated('{"a":'),
  'double quotes': repeated('"'),
  'single quotes': repeated("'"),
  backslashes: repeated('\\'),
  'escaped quotes': repeated('\\"a'),
  'names of secrets': repeated('"token":"\\'),
  semicolons: repeated(';'),
  'fields of forms': repeated('a=b&'),
  'equal signs': repeated('='),
  commas: repeated(','),
  colons: repeated(':'),
  slashes: repeated('/'),
  'addresses without end': repeated('http://a@'),
  dots: repeated('a.'),
  hyphens: repeated('a-'),
  percent: repeated('%'),
  dollars: repeated('$('),
  'cookies without names': repeated('; domain'),
  'fields of one line': repeated('A: b\r\n'),
  'lines that fold': repeated('A: b\r\n c\r\n'),
  bearer: repeated('bearer '),
  'non-letters': repeated('你'),
};
