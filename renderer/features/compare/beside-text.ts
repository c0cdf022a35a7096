import type { Measured } from '../../../shared/model/comparison-record.ts';
import type { Words } from '../../words/use-words.ts';

/** Less than this, in bytes, is no use of a tunnel that could have been disturbed. */
const inUse = 1_000_000;

/** How much the comparison took of tunnels that others used meanwhile; `undefined` where nobody did. Pure. */
export function besideText({ beside }: Pick<Measured, 'beside'>, words: Words): string | undefined {
  if (beside === undefined || beside.others < inUse) return undefined;
  const percent = Math.round((beside.taken / beside.others) * 1_000) / 10;
  return words.say(words.texts.measure.comparison.beside, { others: words.bytes(beside.others), percent });
}
