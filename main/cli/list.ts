import type { Command } from './command.ts';
import { exitStatus } from './io.ts';
import { isSettled } from './settled.ts';
import { withEngine } from './with-engine.ts';

/** A first round of questions to the platform, its containers and both routes. */
const firstRoundMs = 15_000;

/** `gearway ls`: the services once, or with `--watch` at each change until Ctrl-C. */
export const run: Command = (typed, io) =>
  withEngine(typed, io, async (command, options) => {
    // The catalogue of words is loaded by those who show them.
    const table =
      options.json && !options.watch ? undefined : (await import('./service-table.ts')).serviceTable;
    await command.until((state) => isSettled(state, Date.now()), firstRoundMs);
    const show = () => {
      const state = command.state();
      if (options.json || table === undefined)
        for (const service of Object.values(state.services)) io.out(JSON.stringify(service));
      else io.out(table(state));
    };
    show();
    if (!options.watch || table === undefined) return exitStatus.done;
    let last = table(command.state());
    const stop = command.onChange(() => {
      const now = table(command.state());
      if (now === last) return;
      last = now;
      if (!options.json) io.out('');
      show();
    });
    await io.untilStopped();
    stop();
    return exitStatus.done;
  });
