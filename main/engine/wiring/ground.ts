import type { EngineMemory } from '../base/memory.ts';
import type { PublishedState } from '../base/published-state.ts';
import type { EngineOptions } from '../engine.ts';

/** What every part of the engine stands on. */
export interface Ground {
  readonly options: EngineOptions;
  readonly memory: EngineMemory;
  readonly published: PublishedState;
  /** Something that services are made of has changed: they are put together again, soon and once. */
  dirty(): void;
  /** The same for what nobody waits for: with whatever comes within some seconds. */
  dirtyLater(): void;
}
