import type { GateMark } from '../../../shared/model/gate.ts';
import type { Language } from '../../../shared/words/index.ts';
import type { Words } from '../../words/use-words.ts';

const dayMs = 86_400_000;

/** A weekday that comes sooner than the same one of next week, whatever the hour. */
const mostAheadMs = 6 * dayMs;

/** When something ends, as short as it is clear: a time today, a weekday within six days, else a date. Pure. */
export function untilText(until: number, now: number, language: Language): string {
  const at = new Date(until);
  const isToday = until - now < dayMs && at.getDate() === new Date(now).getDate();
  const form: Intl.DateTimeFormatOptions = isToday
    ? { hour: '2-digit', minute: '2-digit' }
    : Math.abs(until - now) < mostAheadMs
      ? { weekday: 'long' }
      : {
          day: 'numeric',
          month: 'long',
          year: at.getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric',
        };
  return at.toLocaleString(language, form);
}

/** The same for somebody who reads it on another day: a weekday and its date. Pure. */
export const untilDate = (until: number, language: Language): string =>
  new Date(until).toLocaleString(language, { weekday: 'long', day: 'numeric', month: 'long' });

/** Who may come in at a gate, in the lane's words: "by link until Friday". Pure. */
export function gateText(gate: GateMark, words: Words, now: number): string {
  const texts = words.texts.gateMark;
  if (!gate.isRunning) return texts.stopped;
  const until = gate.until === undefined ? undefined : untilText(gate.until, now, words.language);
  const asks =
    gate.asks === 'link' && until !== undefined
      ? words.say(texts.linkUntil, { until })
      : gate.asks === 'key' && until !== undefined
        ? words.say(texts.keyUntil, { until })
        : texts[gate.asks];
  return gate.isVerified ? asks : words.say(texts.unverified, { asks });
}
