import type { HostKeyPin, Memory } from '../../shared/model/memory.ts';

/** What the engine must find again after a restart. One writer, one reader: the engine. */
export interface EngineMemory {
  read(): Memory;
  /** Replaces some of it and hands the whole to whoever keeps it. */
  update(part: Partial<Memory>): void;
  pin(runId: string): HostKeyPin | undefined;
  remember(pin: HostKeyPin): void;
}

/** Runs are many and short: pins of runs long gone are let go, the oldest first. */
const mostPins = 500;

export function createMemory(initial: Memory, keep: (memory: Memory) => void): EngineMemory {
  let memory = initial;
  const update = (part: Partial<Memory>) => {
    memory = { ...memory, ...part };
    keep(memory);
  };
  return {
    read: () => memory,
    update,
    pin: (runId) => memory.hostKeys.find((pin) => pin.runId === runId),
    remember: (pin) =>
      update({
        hostKeys: [...memory.hostKeys.filter((old) => old.runId !== pin.runId), pin].slice(-mostPins),
      }),
  };
}
