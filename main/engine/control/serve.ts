import { timingSafeEqual } from 'node:crypto';
import { chmod, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { z } from 'zod';
import type { Take } from '../../../shared/contract/asking.ts';
import type { Change, Snapshot } from '../../../shared/contract/state.ts';
import {
  type ControlHost,
  type ControlPlace,
  controlVersion,
  type FromControl,
  openControlFolder,
  readLines,
  writeControlKey,
  writeLine,
} from '../../control/index.ts';
import type { Log } from '../base/effects.ts';

/** A running engine's door for the other programs of its person: terminals, editors, agents. */
export interface Control {
  /** Hands a change of the state to all who follow. */
  tell(change: Change<'engine'>): void;
  stop(): Promise<void>;
}

export interface ControlDependencies {
  readonly place: ControlPlace;
  readonly version: string;
  readonly host: ControlHost;
  readonly take: Take<AbortSignal>;
  readonly snapshot: () => Snapshot<'engine'>;
  /** Somebody asks the engine to end. */
  readonly onEnd: () => void;
  readonly log: Log;
}

const helloSchema = z.object({ gearway: z.number(), version: z.string().max(100), key: z.string().max(200) });
const callSchema = z.int().min(0);
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ask'), call: callSchema, name: z.string().max(200), input: z.unknown() }),
  z.object({ kind: z.literal('cancel'), call: callSchema }),
  z.object({ kind: z.literal('follow') }),
  z.object({ kind: z.literal('end') }),
]);

/** Who says nothing by then is no program of ours. In ms. */
const helloMs = 5_000;
/** A follower that reads so slowly, in bytes that wait for it, is let go: it can ask again. */
const mostWaiting = 64 * 1024 * 1024;
const mostCalls = 1_000;

/** `undefined` where another engine answers there already, or the place is somebody else's. */
export async function openControl(options: ControlDependencies): Promise<Control | undefined> {
  const { place, log } = options;
  try {
    if (!(await openControlFolder(place))) {
      log('warn', 'control.foreignFolder');
      return undefined;
    }
    if (await answers(place.address)) {
      log('info', 'control.taken');
      return undefined;
    }
    // What is left of an engine that ended without a word.
    if (process.platform !== 'win32') await unlink(place.address).catch(() => {});
    const key = await writeControlKey(place);
    const faces = new Set<Face>();
    const server = createServer((socket) => {
      const face = serveFace(socket, key, options);
      faces.add(face);
      socket.once('close', () => faces.delete(face));
    });
    await listen(server, place.address);
    if (process.platform !== 'win32') await chmod(place.address, 0o600);
    return {
      tell(change) {
        for (const face of faces) face.tell(change);
      },
      async stop() {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        for (const face of faces) face.end();
        await closed;
      },
    };
  } catch (error) {
    log('warn', 'control.notOpened', { error: error instanceof Error ? error.message : '' });
    return undefined;
  }
}

interface Face {
  tell(change: Change<'engine'>): void;
  end(): void;
}

function serveFace(socket: Socket, key: string, options: ControlDependencies): Face {
  const running = new Map<number, AbortController>();
  let isKnown = false;
  let isFollowing = false;
  const say = (message: FromControl) => writeLine(socket, message);
  const { version, host } = options;
  const late = setTimeout(() => socket.destroy(), helloMs);
  socket.on('error', () => {});
  socket.once('close', () => {
    clearTimeout(late);
    for (const controller of running.values()) controller.abort();
  });

  function greet(value: unknown) {
    clearTimeout(late);
    const hello = helloSchema.safeParse(value);
    if (!hello.success) return socket.destroy();
    // The version first: a program of another one may not know where the key is.
    const why =
      hello.data.gearway !== controlVersion ? 'version' : isSame(hello.data.key, key) ? undefined : 'key';
    if (why !== undefined) {
      say({ kind: 'refused', why, version });
      return socket.end();
    }
    isKnown = true;
    say({ kind: 'welcome', version, host });
  }

  async function answer(call: number, name: string, input: unknown) {
    if (running.has(call) || running.size >= mostCalls) return socket.destroy();
    const controller = new AbortController();
    running.set(call, controller);
    const result = await options.take(name, input, controller.signal);
    running.delete(call);
    say({ kind: 'answer', call, result });
  }

  readLines(socket, (value) => {
    if (!isKnown) return greet(value);
    const parsed = messageSchema.safeParse(value);
    if (!parsed.success) return socket.destroy();
    const message = parsed.data;
    switch (message.kind) {
      case 'ask':
        return void answer(message.call, message.name, message.input);
      case 'cancel':
        return running.get(message.call)?.abort();
      case 'follow':
        isFollowing = true;
        return say({ kind: 'snapshot', snapshot: options.snapshot() });
      case 'end':
        return options.onEnd();
      default:
        message satisfies never;
    }
  });

  return {
    tell(change) {
      if (!isFollowing) return;
      if (socket.writableLength > mostWaiting) socket.destroy();
      else say({ kind: 'change', change });
    },
    end() {
      socket.end();
      socket.destroySoon();
    },
  };
}

function isSame(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const listen = (server: Server, address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });

/** Is somebody there? A socket that nobody listens on is left of an engine that has ended. */
export const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address);
    const settle = (there: boolean) => {
      socket.destroy();
      resolve(there);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
