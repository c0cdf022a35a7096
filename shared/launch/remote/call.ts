import { quote, readWords } from '../../quoting/index.ts';

/** Stands between the arguments of a script and its body; no body holds it. */
const endOfArguments = '\n: end of arguments\n';

/**
 * A script that runs in a container: its first command names it and carries its arguments as data (`set --`, so that
 * they are `$2`, `$3`, … in its body). `readRemoteCall` reads them back: a container without a shell, as a sample one
 * is, answers the same calls.
 */
export const remoteScript = (call: readonly string[], body: string): string =>
  `set -- ${['gearway', ...call].map(quote).join(' ')}${endOfArguments}${body}`;

/** Name and arguments of such a script; `undefined` for any other. */
export function readRemoteCall(script: string): readonly string[] | undefined {
  const end = script.lastIndexOf(endOfArguments);
  if (end < 0 || !script.startsWith('set -- gearway ')) return undefined;
  return readWords(script.slice('set -- gearway '.length, end));
}
