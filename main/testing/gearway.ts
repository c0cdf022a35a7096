import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Child, startChild } from './child.ts';
import { until, usualDeadlineMs, within } from './until.ts';

/** The built command; `npm run build` makes it. */
const program = resolve(import.meta.dirname, '../../out/main/gearway.js');

interface GearwayCommand {
  readonly child: Child;
  /** JSON lines of standard output so far. */
  lines(): readonly Readonly<Record<string, unknown>>[];
  /** What it wrote for people. */
  notes(): string;
  /** Waits for the first line that fits; fails when the command ends before. */
  line(
    what: string,
    fits: (line: Readonly<Record<string, unknown>>) => boolean,
    deadlineMs?: number,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** Waits for its end. */
  status(): Promise<number | null>;
  /** Ends it as Ctrl-C does; gives the exit status. */
  interrupt(): Promise<number | null>;
  stop(): Promise<void>;
}

/** Runs the built `gearway` command on plain Node. */
export function runGearway(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv } = {},
): GearwayCommand {
  if (!existsSync(program)) throw new Error('Build first: npm run build');
  const child = startChild([process.execPath, program, ...args], options);
  let out = '';
  let notes = '';
  child.process.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.process.stderr?.on('data', (chunk: Buffer) => {
    notes += chunk.toString();
  });
  const lines = () =>
    out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    child,
    lines,
    notes: () => notes,
    async line(what, fits, deadlineMs = usualDeadlineMs) {
      const found = await until(
        `${what}; lines: ${out.slice(-2_000)}`,
        () => lines().find(fits) ?? (child.hasExited() ? 'ended' : undefined),
        { deadlineMs },
      );
      if (found === 'ended') throw new Error(`gearway ended before: ${what}\n${notes}`);
      return found;
    },
    status: () => within('its own end', child.exited),
    interrupt() {
      child.process.kill('SIGINT');
      return within('the end after Ctrl-C', child.exited);
    },
    stop: () => child.stop(),
  };
}
