/** Longer than this, no work holds up what shares its thread, in ms. */
const mostMs = 4;

/** Lets others have the thread where the work in hand has held it for long enough. `now` in ms. */
export function createBreath(now: () => number = () => performance.now()): () => Promise<void> {
  let since = now();
  return async () => {
    if (now() - since < mostMs) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    since = now();
  };
}
