import { spawn } from 'node:child_process';
import type { Command } from './command.ts';
import { findService } from './find-service.ts';
import { exitStatus } from './io.ts';
import { sentence } from './sentence.ts';
import { withEngine } from './with-engine.ts';

const findMs = 15_000;

/**
 * `gearway open NAME`: prints the best address of a service and opens it in the browser. The local address lives as
 * long as this command: it stays until Ctrl-C where that is the one that was opened.
 */
export const run: Command = (typed, io) =>
  withEngine(typed, io, async (command, { names: [name = ''], json }) => {
    const found = await command.until(
      (state) => findService(state, name)?.local?.route !== undefined || publicUrl(state, name) !== undefined,
      findMs,
    );
    const service = findService(command.state(), name);
    if (service === undefined || !found) {
      if (service === undefined) io.fail('service_not_found', `no service is called ${name}.`);
      else io.fail('address_absent', `${name} has no address to open.`);
      return exitStatus.failed;
    }
    const answer = await command.ask('services.address', { serviceId: service.id, which: 'best' });
    if (!answer.ok) {
      io.fail(answer.error.code, sentence(answer.error));
      return exitStatus.failed;
    }
    const { url } = answer.value;
    io.out(json ? JSON.stringify({ event: 'open', name: service.name, url }) : url);
    openInBrowser(url);
    // The address of a Gearway that runs outlives this command.
    if (url !== service.local?.url || command.isAttached) return exitStatus.done;
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
