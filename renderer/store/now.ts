import { useSyncExternalStore } from 'react';

/** One clock for every age and countdown on the screen: they move together, and stand still while nobody looks. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: number | undefined;

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}

function start() {
  if (timer !== undefined || listeners.size === 0 || document.hidden) return;
  timer = window.setInterval(tick, 1_000);
}

function stop() {
  window.clearInterval(timer);
  timer = undefined;
}

document.addEventListener('visibilitychange', () => {
  stop();
  if (document.hidden) return;
  tick();
  start();
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  start();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stop();
  };
}

/** The time, in milliseconds since the epoch, that moves once a second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
