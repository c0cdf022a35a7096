import { finished } from 'node:stream/promises';
import { app } from 'electron';
import { commandWords } from './shell/command-words.ts';

const words = commandWords(process.argv);
if (words === undefined) await import('./index.ts');
else await runCommand(words);

/** The `gearway` command inside of the packaged application: no window, no lock, and an end when the command has ended. */
async function runCommand(given: readonly string[]): Promise<void> {
  process.argv = [process.argv[0] ?? '', 'gearway', ...given];
  await import('./cli/gearway.ts');
  const status = Number(process.exitCode ?? 0);
  // Electron does not end by itself, and ends at once when told: what is still being written must arrive before.
  const written = [process.stdout, process.stderr].map((stream) => {
    const done = finished(stream, { readable: false }).catch(() => undefined);
    stream.end();
    return done;
  });
  await Promise.all(written);
  app.exit(status);
}
