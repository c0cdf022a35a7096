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

/** The time, in milliseconds since the epoch, that moves once a second, or in larger steps. */
export const useNow = (everyMs = 1_000): number =>
  useSyncExternalStore(subscribe, () => (everyMs <= 1_000 ? now : Math.floor(now / everyMs) * everyMs));

/** How long something has been, in ms: by the second while it is young, by the half minute after that. */
export const useAge = (at: number): number => {
  const isYoung = now - at < 60_000;
  return Math.max(0, useNow(isYoung ? 1_000 : 30_000) - at);
};
