import { spawn } from 'node:child_process';
import { findService } from './find-service.ts';
import { exitStatus } from './io.ts';
import { sentence } from './sentence.ts';
import type { Command } from './usage.ts';
import { withEngine } from './with-engine.ts';

const findMs = 15_000;

/**
 * `gearway open NAME`: prints the best address of a service and opens it in the browser. The local address lives as
 * long as this command: it stays until Ctrl-C where that is the one that was opened.
 */
export const run: Command = (args, io) =>
  withEngine(args, io, async (command, { names: [name], json }) => {
    if (name === undefined) {
      io.note('gearway: open what? Give the name of a service, as `gearway ls` shows it.');
      return exitStatus.wrongUsage;
    }
    const found = await command.until(
      (state) => findService(state, name)?.local?.route !== undefined || publicUrl(state, name) !== undefined,
      findMs,
    );
    const service = findService(command.state(), name);
    if (service === undefined || !found) {
      io.note(
        service === undefined
          ? `gearway: no service is called ${name}.`
          : `gearway: ${name} has no address to open.`,
      );
      return exitStatus.failed;
    }
    const answer = await command.ask('services.address', { serviceId: service.id, which: 'best' });
    if (!answer.ok) {
      io.note(`gearway: ${sentence(answer.error)}`);
      return exitStatus.failed;
    }
    const { url } = answer.value;
    io.out(json ? JSON.stringify({ event: 'open', name: service.name, url }) : url);
    openInBrowser(url);
    if (url !== service.local?.url) return exitStatus.done;
    io.note('This address works while this command runs. Ctrl-C ends it.');
    await io.untilStopped();
    return exitStatus.done;
  });

function publicUrl(state: Parameters<typeof findService>[0], name: string): string | undefined {
  const exposure = findService(state, name)?.exposure;
  return exposure?.kind === 'mapped' ? exposure.url : undefined;
}

/** The desktop's own way; a machine without one has the address on its terminal. */
function openInBrowser(url: string): void {
  const [program, ...before] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler']
        : ['xdg-open'];
  if (program === undefined) return;
  spawn(program, [...before, url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
