import { exitStatus } from '../io.ts';
import type { VerbTools } from '../verb.ts';

/** Carries out what a word says that is `on` or `off`. */
export async function onOff(
  tools: VerbTools,
  place: number,
  work: (on: boolean) => Promise<number>,
): Promise<number> {
  const word = tools.word(place);
  if (word === 'on' || word === 'off') return work(word === 'on');
  tools.io.fail('bad_request', `say on or off, and not ${word}.`);
  return exitStatus.wrongUsage;
}
