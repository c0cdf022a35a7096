/** What slipped past every guard: an exception in a callback, or a promise that nobody waited for. */
export type FaultKind = 'exception' | 'rejection';

/** A process that throws more often than this within a minute does nothing else any more: it ends, and is started anew. */
const mostFaults = 200;
const withinMs = 60_000;

/**
 * The last guard of a process. Whatever comes from elsewhere may end its own connection; where it meets a bug of ours, the
 * bug is told with its stack and the process lives on with everything else that it carries.
 */
export function guardProcess(options: {
  readonly onFault: (kind: FaultKind, stack: string) => void;
  readonly now: () => number;
  readonly process?: Pick<NodeJS.Process, 'on' | 'exit'>;
}): void {
  const host = options.process ?? process;
  let faults: number[] = [];
  const hear = (kind: FaultKind) => (reason: unknown) => {
    const now = options.now();
    faults = [...faults.filter((at) => now - at < withinMs), now];
    try {
      options.onFault(kind, stackOf(reason));
    } catch {
      // Nobody is left who could be told.
    }
    if (faults.length > mostFaults) host.exit(70);
  };
  host.on('uncaughtException', hear('exception'));
  host.on('unhandledRejection', hear('rejection'));
}

const mostCharacters = 4_000;

export function stackOf(reason: unknown): string {
  try {
    const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    return text.slice(0, mostCharacters);
  } catch {
    return 'a thrown value that has no text';
  }
}
