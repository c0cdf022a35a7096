import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Attached, attach, controlPlace } from '../../control/index.ts';
import { version } from '../../engine/base/version.ts';
import type { Command, Typed } from '../command.ts';
import { textIn } from '../engine-options.ts';
import { findService } from '../find-service.ts';
import { type CliIo, exitStatus } from '../io.ts';
import { sentence } from '../sentence.ts';
import { commandOn, dataFolderOf } from '../with-engine.ts';
import { startAtLogin, stopAtLogin } from './at-login.ts';

/** Until the engine answers, and until a service that is named is listed. In ms. */
const startMs = 20_000;
const findMs = 30_000;
const pollMs = 30;

/** `gearway up`: Gearway runs from now on, with the tunnels of these services open. */
export const up: Command = async ({ args, options }, io) => {
  const place = controlPlace(dataFolderOf(options));
  let found = await attach(place, version);
  if (found.kind === 'absent') {
    const started = options.atLogin === true ? await atLogin(options, io) : startNow(options);
    if (!started) return exitStatus.failed;
    const end = Date.now() + startMs;
    while (found.kind === 'absent' && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      found = await attach(place, version);
    }
  }
  if (found.kind === 'other_version') {
    io.fail('other_version', `Gearway ${found.version} runs, and this is ${version}.`);
    return exitStatus.failed;
  }
  if (found.kind !== 'attached') {
    const file = join(dataFolderOf(options), 'background', 'gearway.log');
    io.fail('not_started', `Gearway did not start; ${file} may say why.`);
    return exitStatus.failed;
  }
  const { engine } = found;
  try {
    for (const name of args) {
      const opened = await openTunnel(engine, name, io);
      if (!opened) return exitStatus.failed;
    }
    return tell(engine, options, io);
  } finally {
    engine.leave();
  }
};

async function openTunnel(engine: Attached, name: string, io: CliIo): Promise<boolean> {
  const command = commandOn(engine, io, true);
  await command.until((state) => findService(state, name) !== undefined, findMs);
  const service = findService(engine.state(), name);
  if (service === undefined) {
    io.fail('service_not_found', `no service is called ${name}.`);
    return false;
  }
  const opened = await command.ask('tunnels.open', { serviceId: service.id });
  if (!opened.ok) io.fail(opened.error.code, sentence(opened.error));
  else await command.until(({ services }) => services[service.id]?.tunnel.local !== undefined, 3_000);
  return opened.ok;
}

/** `gearway down`: what runs in the background ends. */
export const down: Command = async ({ options }, io) => {
  if (options.atLogin === true) await stopAtLogin();
  const found = await attach(controlPlace(dataFolderOf(options)), version);
  if (found.kind === 'absent') {
    io.note('gearway: nothing runs in the background.');
    return exitStatus.done;
  }
  if (found.kind !== 'attached') {
    io.fail(
      found.kind === 'refused' ? 'control_refused' : 'other_version',
      'another Gearway runs that this one cannot end.',
    );
    return exitStatus.failed;
  }
  const { engine } = found;
  if (engine.host.kind === 'window') {
    engine.leave();
    io.fail('window_runs', 'Gearway runs in its window: quit it there.');
    return exitStatus.failed;
  }
  engine.end();
  await engine.gone;
  if (options.json === true) io.out(JSON.stringify({ event: 'done' }));
  return exitStatus.done;
};

/** `gearway status`: whether it runs, and with what. Exit status 1 where none does. */
export const status: Command = async ({ options }, io) => {
  const found = await attach(controlPlace(dataFolderOf(options)), version);
  switch (found.kind) {
    case 'attached': {
      const said = tell(found.engine, options, io);
      found.engine.leave();
      return said;
    }
    case 'absent':
      io.fail('not_running', 'no Gearway runs.');
      return exitStatus.failed;
    case 'other_version':
      io.fail('other_version', `Gearway ${found.version} runs, and this is ${version}.`);
      return exitStatus.failed;
    case 'refused':
      io.fail('control_refused', 'the Gearway that runs does not let this program in.');
      return exitStatus.failed;
    default:
      return found satisfies never;
  }
};

function tell(engine: Attached, options: Typed['options'], io: CliIo): number {
  const { session, proxy, services } = engine.state();
  const tunnels = Object.values(services)
    .filter(({ tunnel }) => tunnel.state.kind !== 'closed')
    .map(({ name, tunnel }) => ({
      service: name,
      state: tunnel.state.kind,
      local: tunnel.local === undefined ? undefined : `${tunnel.local.host}:${tunnel.local.port}`,
    }));
  const account = session.kind === 'open' ? session.account : undefined;
  const port = proxy.kind === 'listening' ? proxy.port : undefined;
  if (options.json === true) {
    io.out(
      JSON.stringify({
        event: 'status',
        running: true,
        host: engine.host.kind,
        pid: engine.host.pid,
        version: engine.version,
        user: account?.user,
        instance: account?.instance.name,
        port,
        services: Object.keys(services).length,
        tunnels,
      }),
    );
    return exitStatus.done;
  }
  io.out(
    `Gearway ${engine.version} runs in ${engine.host.kind === 'window' ? 'its window' : 'the background'}.`,
  );
  io.out(account === undefined ? 'Nobody is signed in.' : `${account.user} at ${account.instance.name}`);
  if (port !== undefined) io.out(`local addresses at port ${port}`);
  for (const { service, state, local } of tunnels)
    io.out(`tunnel ${service}  ${local ?? ''}  ${state}`.trimEnd());
  return exitStatus.done;
}

/** The options that the background needs, as words. */
const wordsOf = (options: Typed['options']): readonly string[] => [
  ...(['userDataDir', 'instance', 'domain'] as const).flatMap((name) => {
    const value = textIn(options, name);
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === undefined ? [] : [flag, value];
  }),
  ...(options.demo === true ? ['--demo'] : []),
];

/** A process of its own: it outlives this terminal. */
function startNow(options: Typed['options']): boolean {
  const [, program = ''] = process.argv;
  spawn(process.execPath, [program, 'background-supervise', ...wordsOf(options)], {
    detached: true,
    stdio: 'ignore',
    cwd: homedir(),
  })
    .on('error', () => {})
    .unref();
  return true;
}

async function atLogin(options: Typed['options'], io: CliIo): Promise<boolean> {
  const refused = await startAtLogin(wordsOf(options));
  if (refused !== undefined) io.fail('not_offered', refused);
  return refused === undefined;
}
