import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { emptyMemory, type Memory, memorySchema } from '../../../shared/model/memory.ts';
import { controlPlace } from '../../control/index.ts';
import type { Log } from '../../engine/base/effects.ts';
import { systemClock } from '../../engine/base/effects.ts';
import { createKeptFile } from '../../engine/base/kept-file.ts';
import { type KeepingSecretStore, Secret } from '../../engine/base/secret.ts';
import { createSystemProxy, fetchOut, setSystemProxy } from '../../engine/base/system-proxy/index.ts';
import { version } from '../../engine/base/version.ts';
import { type Control, openControl } from '../../engine/control/index.ts';
import { createEngine } from '../../engine/engine.ts';
import type { Command } from '../command.ts';
import { withToken } from '../engine-options.ts';
import { exitStatus } from '../io.ts';
import { sentence } from '../sentence.ts';
import { dataFolderOf } from '../with-engine.ts';
import { openSealedSecrets, sealedFileSchema } from './sealed-secrets.ts';

const mostLogBytes = 2_000_000;

/** `gearway up` runs this in a process of its own: an engine with the door for its person's programs, and no terminal. */
export const run: Command = async ({ options }, io) => {
  const data = dataFolderOf(options);
  const folder = join(data, 'background');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = logTo(join(folder, 'gearway.log'));
  const memoryFile = createKeptFile<Memory | undefined>({
    path: join(folder, 'memory.json'),
    parse: (value) => memorySchema.parse(value),
    log,
  });
  const secrets = await openSecrets(folder, log);
  if (secrets === undefined) {
    io.fail('passphrase_wrong', 'the passphrase does not open what was sealed before.');
    return exitStatus.failed;
  }
  const ended = new AbortController();
  void io.untilStopped().then(() => ended.abort());
  let control: Control | undefined;
  let writing: Promise<void> = Promise.resolve();
  setSystemProxy(createSystemProxy({ environment: process.env, now: Date.now }));
  const engine = createEngine({
    epoch: randomUUID(),
    memory: (await memoryFile.read()) ?? emptyMemory(),
    remember: (memory) => {
      writing = memoryFile.write(memory);
    },
    secrets,
    folder,
    notify: (change) => control?.tell(change),
    clock: systemClock,
    random: Math.random,
    log,
    fetch: fetchOut,
  });
  control = await openControl({
    place: controlPlace(data),
    version,
    host: { kind: 'background', pid: process.pid },
    take: engine.handle,
    snapshot: () => engine.snapshot(),
    onEnd: () => ended.abort(),
    log,
  });
  if (control === undefined) {
    io.fail('control_taken', 'Gearway runs already, or its folder is somebody else’s.');
    await engine.stop();
    return exitStatus.failed;
  }
  await engine.start();
  const { session } = engine.snapshot().state;
  const token = process.env.GEARWAY_TOKEN?.trim() ?? '';
  if (options.demo === true) await engine.ask('session.try', {}, ended.signal);
  else if (session.kind !== 'open' && token !== '') {
    const opened = await engine.ask('session.signIn', withToken(options, token), ended.signal);
    if (!opened.ok) io.note(`gearway: ${sentence(opened.error)}`);
  }
  await new Promise<void>((resolve) => {
    if (ended.signal.aborted) resolve();
    else ended.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  // The door last: whoever told it to end waits for the end of all.
  await engine.stop();
  await writing;
  await control.stop();
  return exitStatus.done;
};

/** Sealed by a passphrase where there is one; else they live as long as this process. `undefined`: it is a wrong one. */
async function openSecrets(folder: string, log: Log): Promise<KeepingSecretStore | undefined> {
  const passphrase = passphraseOf(process.env);
  // Programs that this one starts have no use for it.
  delete process.env.GEARWAY_PASSPHRASE;
  if (passphrase !== undefined) {
    const sealed = await openSealedSecrets(
      createKeptFile({
        path: join(folder, 'secrets.json'),
        parse: (value) => sealedFileSchema.parse(value),
        log,
      }),
      passphrase,
    );
    return sealed === undefined
      ? undefined
      : { ...sealed, isKept: async (id) => (await sealed.read(id)) !== undefined };
  }
  const held = new Map<string, Secret>();
  return {
    isKept: async () => false,
    read: async (id) => held.get(id),
    write: async (id, secret) => void held.set(id, secret),
    forget: async (id) => void held.delete(id),
  };
}

/** From systemd-creds(1), or from the environment. */
function passphraseOf(environment: NodeJS.ProcessEnv): Secret | undefined {
  const { CREDENTIALS_DIRECTORY: credentials, GEARWAY_PASSPHRASE: typed } = environment;
  if (credentials !== undefined)
    try {
      return new Secret(readFileSync(join(credentials, 'gearway-passphrase'), 'utf8').trim());
    } catch {
      // None was given to this unit.
    }
  return typed === undefined || typed === '' ? undefined : new Secret(typed);
}

function logTo(file: string): Log {
  try {
    if (statSync(file).size > mostLogBytes) truncateSync(file);
  } catch {
    // There is none yet.
  }
  return (level, event, details) => {
    try {
      appendFileSync(
        file,
        `${JSON.stringify({ at: new Date().toISOString(), level, event, ...details })}\n`,
        {
          mode: 0o600,
        },
      );
    } catch {
      // A full disk costs the log and nothing else.
    }
  };
}
