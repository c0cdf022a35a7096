/**
 * What nobody waits for is told on the full half minute, in ms, by every process alike: the window then draws new
 * figures and older ages in one go, and rests in between.
 */
export const beatMs = 30_000;

/** How long it is from `now` (ms since the epoch) to the next full `everyMs`: more than 0, at most `everyMs`. */
export const untilBeat = (now: number, everyMs = beatMs): number => everyMs - (now % everyMs);
