import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { restOf } from './app-rest.ts';
import { openScreen } from './app-screen.ts';
import { type AppStart, timeToReady } from './app-start.ts';
import type { Measurement } from './run.ts';

/** How often each application is started, after one start that does not count. */
const runs = 9;

/**
 * From the start of the process to a window that can be clicked, in ms: an empty Electron window, Gearway from its built
 * files, and Gearway through `npm start`'s script when nothing changed. They take turns on one screen, so that whatever
 * else the machine does falls on all of them alike. Then, on Linux, what the first two hold and use while nobody
 * touches them: Gearway with 50 services of the local platform, which runs in its engine.
 */
export const measure: Measurement = async ({ signal, say }) => {
  const electron = process.env.GEARWAY_ELECTRON;
  if (electron === undefined) throw new Error('Run this by: npm run bench -- app');
  const work = await mkdtemp(join(tmpdir(), 'gearway-bench-'));
  const screen = await openScreen();
  try {
    const starts = appsIn({ electron, work });
    const values = new Map<string, number[]>(starts.map(({ label }) => [label, []]));
    for (let run = 0; run <= runs; run += 1) {
      for (const start of starts) {
        const elapsed = await timeToReady({ ...start, display: screen.display, signal });
        say(`${run === 0 ? 'warm-up' : `run ${run} of ${runs}`}: ${start.label} ${Math.round(elapsed)} ms`);
        if (run > 0) values.get(start.label)?.push(elapsed);
      }
    }
    const [empty, gearway] = starts;
    const rests =
      process.platform === 'linux' && empty !== undefined && gearway !== undefined
        ? await restOf({ empty, gearway, work, display: screen.display, signal, say })
        : [];
    return [...starts.map(({ label }) => ({ label, unit: 'ms', values: values.get(label) ?? [] })), ...rests];
  } finally {
    await screen.close();
    await rm(work, { recursive: true, force: true });
  }
};

function appsIn({
  electron,
  work,
}: {
  readonly electron: string;
  readonly work: string;
}): readonly AppStart[] {
  const checkout = process.cwd();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const profile = (name: string) => `--user-data-dir=${join(work, name)}`;
  const ready = (name: string) => join(work, `${name}.ready`);
  return [
    {
      label: 'empty Electron window',
      program: electron,
      args: [resolve(checkout, 'bench/empty-app'), ...asRoot, profile('empty')],
      readyFile: ready('empty'),
    },
    {
      label: 'Gearway',
      program: electron,
      args: [checkout, ...asRoot, profile('gearway')],
      readyFile: ready('gearway'),
    },
    {
      label: 'Gearway by npm start',
      program: process.execPath,
      args: [resolve(checkout, 'scripts/start.mjs'), profile('npm-start')],
      readyFile: ready('npm-start'),
    },
  ];
}
