/** Calls `work` once, `ms` after the first of many asks. */
export interface Gathered {
  ask(): void;
  stop(): void;
}

export function gather(ms: number, work: () => void): Gathered {
  let timer: NodeJS.Timeout | undefined;
  return {
    ask() {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, ms);
    },
    stop: () => clearTimeout(timer),
  };
}
