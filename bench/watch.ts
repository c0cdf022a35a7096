import { setTimeout as pause } from 'node:timers/promises';
import { startHelper, startProgram } from './helper.ts';
import { megabytesOf, secondsOf } from './proc.ts';
import type { Measurement } from './run.ts';
import type { WatchedPlatform, WatchReady } from './watch-parts.ts';

const services = 1_500;
/** What the start leaves to do (code that is made quick, the last of the first answers), in ms. */
const settleMs = 30_000;
const windowMs = 20_000;
const windows = 6;

/**
 * What it costs to watch 1,500 services: processor time of the engine alone, in Electron's Node, of one core. The
 * platform and the services are in another process; what the engine publishes is packed as it is for the shell. The
 * window is taken to be open, so questions come as often as they ever do. Linux only.
 */
export const measure: Measurement = async ({ signal, say }) => {
  const electron = process.env.GEARWAY_ELECTRON;
  if (electron === undefined) throw new Error('Run this by: npm run bench -- watch');
  const platform = await startHelper<WatchedPlatform>('watch-platform', String(services));
  try {
    const { origin, domain, token } = platform.ready;
    say(`until all ${services} have answered`);
    const engine = await startProgram<WatchReady>(
      [
        electron,
        ...profiling(),
        process.argv[1] ?? '',
        'watch-engine',
        String(services),
        origin,
        domain,
        token,
      ],
      { env: { ELECTRON_RUN_AS_NODE: '1' } },
    );
    try {
      await pause(settleMs, undefined, { signal });
      const cpu: number[] = [];
      const memory: number[] = [];
      for (let window = 1; window <= windows; window += 1) {
        const before = { seconds: await secondsOf([engine.pid]), at: performance.now() };
        await pause(windowMs, undefined, { signal });
        const spent = (await secondsOf([engine.pid])) - before.seconds;
        cpu.push((spent * 100_000) / (performance.now() - before.at));
        memory.push(await megabytesOf([engine.pid]));
        say(
          `${window} of ${windows}: ${cpu.at(-1)?.toFixed(2)} % of a core, ${memory.at(-1)?.toFixed(0)} MB`,
        );
      }
      return [
        {
          label: `${services} services watched`,
          unit: '% of a core',
          values: cpu,
          target: { of: 'value', most: 3 },
        },
        { label: 'memory of the engine', unit: 'MB', values: memory },
      ];
    } finally {
      await engine.stop();
    }
  } finally {
    await platform.stop();
  }
};

/** `GEARWAY_BENCH_PROFILE=FOLDER` writes a profile of the engine when it ends. */
function profiling(): readonly string[] {
  const folder = process.env.GEARWAY_BENCH_PROFILE;
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--trace-warnings'];
}
