/** A signal that ends with the caller's or after `ms` milliseconds. `end` takes the timer back; call it always. */
export function withDeadline(
  signal: AbortSignal,
  ms: number,
): { readonly signal: AbortSignal; readonly timedOut: () => boolean; readonly end: () => void } {
  // Not `AbortSignal.any` with `AbortSignal.timeout`: on Node.js 20 the timer may be collected before it fires.
  const controller = new AbortController();
  let late = false;
  const abort = () => controller.abort();
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, ms);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    timedOut: () => late,
    end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    },
  };
}
