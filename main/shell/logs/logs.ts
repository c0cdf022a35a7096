import { join } from 'node:path';
import type { Log } from '../../engine/base/effects.ts';
import { guardProcess } from '../../engine/base/guard-process.ts';
import { createLogFile } from '../../engine/base/log-file.ts';
import { type Crashed, createCrashReports } from './crash-reports.ts';

/** What happened inside, for who has to find out why: a log, crash reports, and how many faults were caught. */
export interface Logs {
  readonly write: Log;
  readonly file: string;
  /** Where log and crash reports are. */
  readonly folder: string;
  crashed(what: Crashed, how: string): void;
  crashes(): readonly string[];
  /** Exceptions that were caught at a process's door, in this run. */
  faults(): number;
  end(mostCharacters: number): Promise<string>;
  /** In order, before the application quits. */
  close(): Promise<void>;
}

/** So many lines go with a crash. */
const mostLines = 100;
const secretsHoldMs = 30_000;

export function openLogs(options: {
  /** The application's own folder. */
  readonly folder: string;
  readonly now: () => number;
  readonly system: string;
  readonly secrets: () => readonly string[];
  /** Where a developer looks; nothing in what is shipped. */
  readonly echo: (line: string) => void;
}): Logs {
  const { now } = options;
  const folder = join(options.folder, 'logs');
  let secrets: { readonly until: number; readonly texts: readonly string[] } | undefined;
  /** Asked of the keychain when something went wrong, and not for each line. */
  const known = () => {
    if (secrets === undefined || secrets.until < now())
      secrets = { until: now() + secretsHoldMs, texts: options.secrets() };
    return secrets.texts;
  };
  let last: string[] = [];
  let faults = 0;
  let level = 'info';
  const file = createLogFile({
    path: join(folder, 'gearway.log'),
    now,
    secrets: () => (level === 'info' ? [] : known()),
  });
  const reports = createCrashReports({ folder, now, system: options.system, secrets: known });

  const write: Log = (of, event, details) => {
    level = of;
    if (event.endsWith('.fault')) faults += 1;
    const line = `${of} ${event} ${JSON.stringify(details ?? {})}`;
    options.echo(line);
    last = [...last, `${new Date(now()).toISOString()} ${line}`].slice(-mostLines);
    file.write(of, event, details);
  };
  const crashed = (what: Crashed, how: string) => reports.write(what, how, last.join('\n'));

  guardProcess({
    onFault(kind, stack) {
      write('error', 'shell.fault', { kind, stack });
      crashed('application', `${kind}\n${stack}`);
    },
    now,
  });
  const before = reports.beginRun();
  if (before !== undefined)
    void file
      .end(8_000)
      .then((text) =>
        reports.write('application', `It was started at ${before.startedAt} and did not quit.`, text),
      );
  write('info', 'app.started', { system: options.system });

  return {
    write,
    file: file.path,
    folder,
    crashed,
    crashes: reports.read,
    faults: () => faults,
    end: file.end,
    async close() {
      write('info', 'app.quits');
      await file.close();
      reports.endRun();
    },
  };
}
