import { connect, type Socket } from 'node:net';
import { applyEngineChange } from '../../shared/contract/apply-change.ts';
import { type Ask, askOver } from '../../shared/contract/asking.ts';
import type { EngineRequestName } from '../../shared/contract/requests.ts';
import type { EngineState } from '../../shared/contract/state.ts';
import { fail, type Result } from '../../shared/result.ts';
import { readLines, writeLine } from './lines.ts';
import { type ControlHost, controlVersion, type FromControl, type Hello } from './messages.ts';
import { type ControlPlace, readControlKey } from './place.ts';

/** A running engine, as another program of its person sees it. */
export interface Attached {
  readonly ask: Ask<EngineRequestName, AbortSignal>;
  state(): EngineState;
  /** Called after each change, and when the engine has gone. */
  onChange(listener: () => void): () => void;
  readonly host: ControlHost;
  /** Of the program that runs. */
  readonly version: string;
  /** Asks it to end, where it runs in the background. */
  end(): void;
  /** Settles when the engine has gone, or this program has left. */
  readonly gone: Promise<void>;
  leave(): void;
}

export type AttachOutcome =
  | { readonly kind: 'attached'; readonly engine: Attached }
  /** No engine runs. */
  | { readonly kind: 'absent' }
  /** One of another version runs. */
  | { readonly kind: 'other_version'; readonly version: string }
  /** Its key cannot be read, or is another one: it is somebody else's. */
  | { readonly kind: 'refused' };

export async function attach(place: ControlPlace, version: string): Promise<AttachOutcome> {
  const key = await readControlKey(place);
  if (key === undefined) return { kind: 'absent' };
  const socket = await open(place.address);
  if (socket === undefined) return { kind: 'absent' };
  if (socket === 'forbidden') return { kind: 'refused' };
  return new Promise((resolve) => talk(socket, { gearway: controlVersion, version, key }, resolve));
}

function talk(socket: Socket, hello: Hello, settle: (outcome: AttachOutcome) => void) {
  const calls = new Map<number, (result: Result<unknown>) => void>();
  const listeners = new Set<() => void>();
  let state: EngineState | undefined;
  let welcome: Extract<FromControl, { kind: 'welcome' }> | undefined;
  let next = 0;
  const tellAll = () => {
    for (const listener of [...listeners]) listener();
  };
  const gone = new Promise<void>((resolve) => {
    socket.once('close', () => {
      for (const answer of [...calls.values()]) answer(fail('engine_restarting'));
      // Before it said who it is: nobody whom this program knows.
      if (welcome === undefined || state === undefined) settle({ kind: 'refused' });
      resolve();
      tellAll();
    });
  });

  const take = (name: string, input: unknown, signal: AbortSignal): Promise<Result<unknown>> => {
    if (signal.aborted) return Promise.resolve(fail('cancelled'));
    if (socket.destroyed) return Promise.resolve(fail('engine_restarting'));
    const call = next++;
    return new Promise((resolve) => {
      const done = (result: Result<unknown>) => {
        calls.delete(call);
        signal.removeEventListener('abort', cancel);
        resolve(result);
      };
      const cancel = () => {
        writeLine(socket, { kind: 'cancel', call });
        done(fail('cancelled'));
      };
      calls.set(call, done);
      signal.addEventListener('abort', cancel, { once: true });
      writeLine(socket, { kind: 'ask', call, name, input });
    });
  };

  function hear(message: FromControl) {
    switch (message.kind) {
      case 'refused':
        settle(
          message.why === 'version'
            ? { kind: 'other_version', version: message.version }
            : { kind: 'refused' },
        );
        socket.destroy();
        return;
      case 'welcome':
        welcome = message;
        return;
      case 'snapshot': {
        state = message.snapshot.state;
        const known = state;
        if (welcome === undefined) return;
        settle({
          kind: 'attached',
          engine: {
            ask: askOver(take),
            state: () => state ?? known,
            onChange(listener) {
              listeners.add(listener);
              return () => listeners.delete(listener);
            },
            host: welcome.host,
            version: welcome.version,
            end: () => writeLine(socket, { kind: 'end' }),
            gone,
            leave: () => socket.destroy(),
          },
        });
        return;
      }
      case 'answer':
        calls.get(message.call)?.(message.result);
        return;
      case 'change':
        if (state !== undefined) state = applyEngineChange(state, message.change);
        tellAll();
        return;
      default:
        // A newer engine may say more than this program knows.
        message satisfies never;
    }
  }

  readLines(socket, (value) => {
    if (isMessage(value)) hear(value);
  });
  writeLine(socket, hello);
  writeLine(socket, { kind: 'follow' });
}

/** The far end is our own program of the same version: its form was agreed on by `welcome`. */
const isMessage = (value: unknown): value is FromControl =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';

const open = (address: string): Promise<Socket | 'forbidden' | undefined> =>
  new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => resolve(socket));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'EACCES' || code === 'EPERM' ? 'forbidden' : undefined),
    );
    socket.on('error', () => {});
  });
