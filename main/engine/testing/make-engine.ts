import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyMemory } from '../../../shared/model/memory.ts';
import type { Cleanup } from '../../testing/index.ts';
import { silentLog, systemClock } from '../base/effects.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { EngineOptions } from '../wiring/engine-options.ts';

/** A whole engine for a test, not started yet: it keeps no secret, and its folder goes with it. */
export function makeEngine(cleanup: Cleanup, own: Partial<EngineOptions> = {}): Engine {
  const engine = createEngine({
    epoch: 'test',
    memory: emptyMemory(),
    remember: () => {},
    secrets: {
      read: async () => undefined,
      write: async () => {},
      isKept: async () => false,
      forget: async () => {},
    },
    folder: own.folder ?? temporaryFolder(cleanup),
    notify: () => {},
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    fetch,
    ...own,
  });
  return cleanup.add(engine);
}

export function temporaryFolder(cleanup: Cleanup): string {
  const folder = mkdtempSync(join(tmpdir(), 'gw-engine-'));
  cleanup.later(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
