/** Everything that a test has opened, closed in the opposite order. */
export interface Cleanup {
  /** Remembers how to close something and gives it back. */
  add<T extends { stop(): Promise<void> | void }>(opened: T): T;
  later(close: () => Promise<void> | void): void;
  /** Closes all; an error of one does not keep the others open. */
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  const steps: (() => Promise<void> | void)[] = [];
  return {
    add(opened) {
      steps.push(() => opened.stop());
      return opened;
    },
    later: (close) => void steps.push(close),
    async run() {
      const errors: unknown[] = [];
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, 'Not everything could be closed');
    },
  };
}
