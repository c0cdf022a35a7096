import { fill } from '../../shared/words/fill.ts';
import type { InterfaceWords, Language } from '../../shared/words/index.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** Nobody counts these seconds. */
const justNowMs = 5 * second;

/** A duration in ms as people say it: the two largest units where they matter, one for short and for even ones. */
export function age(ms: number, texts: InterfaceWords['time']): string {
  const say = (text: string, values: Record<string, number>) => fill(text, values) ?? text;
  const span = Math.max(0, ms);
  if (span < minute) return say(texts.seconds, { n: Math.floor(span / second) });
  if (span < hour) return say(texts.minutes, { n: Math.floor(span / minute) });
  if (span < day) {
    const [h, m] = [Math.floor(span / hour), Math.floor((span % hour) / minute)];
    return m === 0 ? say(texts.hours, { n: h }) : say(texts.hoursMinutes, { h, m });
  }
  const [d, h] = [Math.floor(span / day), Math.floor((span % day) / hour)];
  return h === 0 ? say(texts.days, { n: d }) : say(texts.daysHours, { d, h });
}

/** How long ago something was, from its age in ms. */
export const ago = (ms: number, texts: InterfaceWords['time']): string =>
  ms < justNowMs ? texts.justNow : (fill(texts.ago, { age: age(ms, texts) }) ?? texts.ago);

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Powers of 1000, as networks and disks count: "1.2 MB". The unit stands apart (ISO 80000-1), in every language. */
export function bytes(count: number, language: Language): string {
  const power = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: power === 0 ? 0 : 1 });
  return `${format.format(count / 1000 ** power)} ${units[power]}`;
}

/** A time in ms: one decimal below 10, so that a tunnel of 0.4 ms and one of 0.9 ms differ. */
export const milliseconds = (ms: number): string => (ms < 9.95 ? ms.toFixed(1) : String(Math.round(ms)));
