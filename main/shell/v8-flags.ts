/**
 * For the engine and the window: what the start left over is given back once, as soon as the start is over. V8 waits for
 * three times as long otherwise and then collects twice, the second time for nothing (docs/decisions/2026-11-25-at-rest.md).
 * The main process starts longer than that and would keep 6 MB of it.
 */
export const tidyEarly: readonly string[] = [
  '--memory-reducer-gc-count=1',
  '--gc-memory-reducer-start-delay-ms=3000',
];

/** The argument that hands V8 its flags where a process of Chromium starts. */
export const jsFlags = (flags: readonly string[]): string => `--js-flags=${flags.join(' ')}`;
