import type { HostKeyPin, Memory } from '../../../shared/model/memory.ts';

/** What the engine must find again after a restart. One writer, one reader: the engine. */
export interface EngineMemory {
  read(): Memory;
  /** Replaces some of it and hands the whole to whoever keeps it. */
  update(part: Partial<Memory>): void;
  pin(runId: string): HostKeyPin | undefined;
  remember(pin: HostKeyPin): void;
}

/** What a host that belongs to no platform is pinned by; such a pin is never let go. */
export const hostRun = (host: string, port: number): string => `host ${host.toLowerCase()} ${port}`;

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
    remember(pin) {
      const pins = [...memory.hostKeys.filter((old) => old.runId !== pin.runId), pin];
      const runs = pins.filter(({ runId }) => !runId.startsWith('host ')).slice(-mostPins);
      update({ hostKeys: [...pins.filter(({ runId }) => runId.startsWith('host ')), ...runs] });
    },
  };
}
