import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scrub } from '../../engine/base/scrub.ts';

export type Crashed = 'application' | 'window' | 'engine';

/** What is left of a crash: texts in a folder, for the person to read and to attach. Nothing is sent anywhere. */
export interface CrashReports {
  readonly folder: string;
  /** Writes one, at once: the next moment may not come. `log`: the last lines before it. */
  write(crashed: Crashed, what: string, log: string): void;
  /** The newest first, each whole. */
  read(): readonly string[];
  /** Tells whether the last run ended without quitting, and begins this one. */
  beginRun(): { readonly startedAt: string } | undefined;
  endRun(): void;
}

const mostReports = 10;
const running = 'running.json';

/** `system`: versions, one line. A disk that takes nothing keeps no reports and breaks nothing. */
export function createCrashReports(options: {
  readonly folder: string;
  readonly now: () => number;
  readonly system: string;
  readonly secrets: () => readonly string[];
}): CrashReports {
  const { folder } = options;
  const names = () =>
    readdirSync(folder)
      .filter((name) => /^\d{4}-.*\.txt$/.test(name))
      .sort()
      .reverse();
  const clean = (line: string) => scrub(line, options.secrets(), 6_000);

  return {
    folder,
    write(crashed, what, log) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const at = new Date(options.now()).toISOString();
        const lines = [
          `Gearway: the ${crashed} ended unexpectedly.`,
          `When: ${at}`,
          `System: ${options.system}`,
          '',
          ...what.split('\n').map(clean),
          '',
          'The last lines of the log:',
          ...log.split('\n').map(clean),
        ];
        writeFileSync(join(folder, `${at.replaceAll(':', '-')}-${crashed}.txt`), `${lines.join('\n')}\n`, {
          mode: 0o600,
        });
        for (const name of names().slice(mostReports)) rmSync(join(folder, name), { force: true });
      } catch {
        // There is nobody left to tell.
      }
    },
    read() {
      try {
        return names().map((name) => readFileSync(join(folder, name), 'utf8'));
      } catch {
        return [];
      }
    },
    beginRun() {
      let last: { readonly startedAt: string } | undefined;
      try {
        const read: unknown = JSON.parse(readFileSync(join(folder, running), 'utf8'));
        const startedAt =
          typeof read === 'object' && read !== null && 'startedAt' in read ? read.startedAt : '';
        last = { startedAt: String(startedAt).slice(0, 30) };
      } catch {
        // It quit, or this is the first run.
      }
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const startedAt = new Date(options.now()).toISOString();
        writeFileSync(join(folder, running), JSON.stringify({ startedAt }), { mode: 0o600 });
      } catch {
        // Then its end is not noticed.
      }
      return last;
    },
    endRun() {
      rmSync(join(folder, running), { force: true });
    },
  };
}
