import type { Change } from '../../../shared/contract/state.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import type { Clock, Log, Random } from '../base/effects.ts';
import type { KeepingSecretStore } from '../base/secret.ts';
import type { ConfigFiles } from '../ssh-config/index.ts';

/** What the world gives the engine: its effects, its folder, and what it knew before. */
export interface EngineOptions {
  /** Names this life of the engine; revisions count within it. */
  readonly epoch: string;
  readonly memory: Memory;
  readonly remember: (memory: Memory) => void;
  readonly secrets: KeepingSecretStore;
  /** A folder of its own, absolute; the local platform keeps its state there. */
  readonly folder: string;
  readonly notify: (change: Change<'engine'>) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly fetch: typeof fetch;
  /** The file of the `bayes` command, absolute; in the person's home where absent. */
  readonly bayesFile?: string;
  /** The person's own SSH files; in their home where absent. */
  readonly sshFiles?: ConfigFiles;
  /** Socket of an SSH agent; the system's where absent. */
  readonly sshAgent?: string;
  /** Has the machine no network? Absent: its interfaces are asked. */
  readonly offline?: () => boolean;
  /** How long an SSH server may take for key exchange and login, in ms; 20 s where absent. */
  readonly sshReadyMs?: number;
  /** What the rounds of a comparison, and its long request, may last at most, in ms; as long as usual where absent. */
  readonly mostMeasureMs?: number;
}
