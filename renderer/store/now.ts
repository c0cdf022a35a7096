import { useCallback, useSyncExternalStore } from 'react';
import { beatMs, untilBeat } from '../../shared/beat.ts';

/**
 * One clock for every age and countdown on the screen: they move together, only as often as somebody needs it, on the
 * beat on which the engine tells what nobody waits for, and stand still while nobody looks.
 */
const listeners = new Map<() => void, number>();
let now = Date.now();
let timer: number | undefined;
let stepMs = 0;
let isWatching = false;

function tick() {
  now = Date.now();
  for (const listener of listeners.keys()) listener();
}

/** Ticks by the smallest step that is wanted, or not at all. */
function pace() {
  const wanted = document.hidden ? 0 : listeners.size === 0 ? 0 : Math.min(...listeners.values());
  if (wanted === stepMs) return;
  window.clearTimeout(timer);
  stepMs = wanted;
  if (wanted !== 0) next();
}

function next() {
  timer = window.setTimeout(
    () => {
      next();
      tick();
    },
    untilBeat(Date.now(), stepMs),
  );
}

function watchVisibility() {
  if (isWatching) return;
  isWatching = true;
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) tick();
    pace();
  });
}

/** How long it is since `from`, in ms: a whole number of steps. */
function useSteps(from: number, everyMs: number): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      watchVisibility();
      // Whoever comes after a pause of the clock would see an old time.
      if (listeners.size === 0) now = Date.now();
      listeners.set(listener, everyMs);
      pace();
      return () => {
        listeners.delete(listener);
        pace();
      };
    },
    [everyMs],
  );
  const read = () => Math.floor((now - from) / everyMs) * everyMs;
  return useSyncExternalStore(subscribe, read, read);
}

/** The time, in milliseconds since the epoch, that moves once a second, or in larger steps. */
export const useNow = (everyMs = 1_000): number => useSteps(0, everyMs);

/** How long something has been, in ms, by the half minute: every second would only draw the eye. */
export const useAge = (at: number): number => Math.max(0, useSteps(at, beatMs));
