import type { EngineRequestName, RequestInput, RequestResult } from '../../shared/contract/requests.ts';
import type { EngineState } from '../../shared/contract/state.ts';
import type { Result } from '../../shared/result.ts';
import { attach, controlPlace, usualDataFolder } from '../control/index.ts';
import { version } from '../engine/base/version.ts';
import type { Typed } from './command.ts';
import type { EngineHandle } from './engine-handle.ts';
import { type EngineArguments, readSignIn, textIn } from './engine-options.ts';
import { type CliIo, exitStatus } from './io.ts';

/** An engine, signed in, as a command sees it. */
export interface CommandEngine {
  state(): EngineState;
  ask<N extends EngineRequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>>;
  /** Settles when `ready` holds, or after `deadlineMs`, or when the person ends the command; gives what holds then. */
  until(ready: (state: EngineState) => boolean, deadlineMs: number): Promise<boolean>;
  onChange(listener: () => void): () => void;
  /** It runs without this command, and goes on after it. */
  readonly isAttached: boolean;
}

export const dataFolderOf = (options: Typed['options']): string =>
  textIn(options, 'userDataDir') ?? process.env.GEARWAY_USER_DATA_DIR ?? usualDataFolder();

/** Attaches to the Gearway that runs; else starts an engine, signs in, does the work, stops in order. */
export async function withEngine(
  { args: names, options }: Typed,
  io: CliIo,
  work: (command: CommandEngine, options: EngineArguments) => Promise<number>,
): Promise<number> {
  const given = { json: options.json === true, watch: options.watch === true, names, options };
  const isOwn = options.own === true || options.demo === true;
  const found = isOwn
    ? ({ kind: 'absent' } as const)
    : await attach(controlPlace(dataFolderOf(options)), version);
  switch (found.kind) {
    case 'attached': {
      const { engine } = found;
      try {
        return await work(commandOn(engine, io, true), given);
      } finally {
        engine.leave();
      }
    }
    case 'other_version':
      io.fail(
        'other_version',
        `Gearway ${found.version} runs, and this is ${version}: update the older one, or use --own.`,
      );
      return exitStatus.failed;
    case 'refused':
      io.fail(
        'control_refused',
        'the Gearway that runs does not let this program in: it is somebody else’s.',
      );
      return exitStatus.failed;
    case 'absent':
      break;
    default:
      found satisfies never;
  }
  const signIn = readSignIn(options, process.env);
  if (!signIn.ok) {
    io.fail('no_account', signIn.error);
    return exitStatus.wrongUsage;
  }
  const { startOwnEngine } = await import('./own-engine.ts');
  const own = await startOwnEngine(io.log);
  try {
    const command = commandOn(own, io, false);
    const how = signIn.value;
    const opened: Result<unknown> =
      how.kind === 'demo'
        ? await command.ask('session.try', {})
        : await command.ask('session.signIn', how.typed);
    if (!opened.ok) {
      const { sentence } = await import('./sentence.ts');
      io.fail(opened.error.code, sentence(opened.error));
      return exitStatus.failed;
    }
    return await work(command, given);
  } finally {
    await own.stop();
  }
}

export function commandOn(engine: EngineHandle, io: CliIo, isAttached: boolean): CommandEngine {
  const stopped = new AbortController();
  void io.untilStopped().then(() => stopped.abort());
  return {
    isAttached,
    state: () => engine.state(),
    ask: (name, input) => engine.ask(name, input, stopped.signal),
    onChange: (listener) => engine.onChange(listener),
    until: (ready, deadlineMs) =>
      new Promise((resolve) => {
        const settle = () => {
          clearTimeout(timer);
          forget();
          stopped.signal.removeEventListener('abort', settle);
          resolve(ready(engine.state()));
        };
        const look = () => {
          if (ready(engine.state())) settle();
        };
        const timer = setTimeout(settle, deadlineMs);
        const forget = engine.onChange(look);
        stopped.signal.addEventListener('abort', settle, { once: true });
        look();
      }),
  };
}
