import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { RotatingFileStream } from 'rotating-file-stream';
import type { Log } from './effects.ts';
import { scrub } from './scrub.ts';

/** A file of lines, each with its time and level, that never grows past its limits and never holds a secret. */
export interface LogFile {
  readonly path: string;
  readonly write: Log;
  /** The end of it, at most so many characters: what was written just now too. */
  end(mostCharacters: number): Promise<string>;
  close(): Promise<void>;
}

/** Three files of a megabyte: weeks of a quiet application, an hour of a noisy one. */
const mostBytes = '1M';
const mostOldFiles = 2;
const mostLine = 6_000;
/** Held until the file is open; more than a start writes. */
const mostWaiting = 500;

/** One line: `2026-11-30T21:00:00.000Z error engine.fault {"stack":"…"}`. */
export function logLine(
  at: number,
  level: string,
  event: string,
  details: Readonly<Record<string, unknown>> | undefined,
  secrets: readonly string[],
): string {
  let text: string;
  try {
    text = details === undefined ? '' : ` ${JSON.stringify(details)}`;
  } catch {
    text = ' {}';
  }
  return `${new Date(at).toISOString()} ${level} ${scrub(`${event}${text}`, secrets, mostLine)}\n`;
}

/**
 * Opens `path`, an absolute path, for what comes first; nothing is touched before. A disk that takes nothing loses lines and
 * nothing else.
 */
export function createLogFile(options: {
  readonly path: string;
  readonly now: () => number;
  /** What must not stand in it, as it is at the moment of writing. */
  readonly secrets: () => readonly string[];
}): LogFile {
  let opening: Promise<RotatingFileStream | undefined> | undefined;
  let stream: RotatingFileStream | undefined;
  let waiting: string[] = [];
  let failed = false;

  async function open(): Promise<RotatingFileStream | undefined> {
    try {
      const { createStream } = await import('rotating-file-stream');
      const name = basename(options.path);
      const opened = createStream((index) => (typeof index === 'number' ? `${name}.${index}` : name), {
        path: dirname(options.path),
        size: mostBytes,
        rotate: mostOldFiles,
        mode: 0o600,
      });
      opened.on('error', () => {
        failed = true;
      });
      for (const line of waiting.splice(0)) opened.write(line);
      stream = opened;
      return opened;
    } catch {
      failed = true;
      waiting = [];
      return undefined;
    }
  }

  const flushed = async () => {
    const opened = stream ?? (await opening);
    if (opened === undefined || failed || opened.writableEnded) return;
    await settled(opened, (done) => opened.write('', done));
  };

  return {
    path: options.path,
    write(level, event, details) {
      if (failed) return;
      const line = logLine(options.now(), level, event, details, options.secrets());
      if (stream !== undefined) stream.write(line);
      else if (waiting.length < mostWaiting) waiting.push(line);
      opening ??= open();
    },
    async end(most) {
      await flushed();
      const text = await readFile(options.path, 'utf8').catch(() => '');
      const tail = text.slice(-most);
      return tail.length < text.length ? tail.slice(tail.indexOf('\n') + 1) : tail;
    },
    async close() {
      const opened = await opening;
      if (opened === undefined || failed || opened.writableEnded) return;
      await settled(opened, (done) => opened.end(done));
    },
  };
}

/** A disk that does not answer in this time is not waited for, in ms. */
const mostWaitMs = 2_000;

/** Waits for what `begin` began, for an error, or for a while. */
function settled(stream: RotatingFileStream, begin: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, mostWaitMs);
    function finish() {
      clearTimeout(timer);
      stream.off('error', finish);
      resolve();
    }
    stream.on('error', finish);
    begin(finish);
  });
}
