import { controlPlace } from '../control/index.ts';
import { systemClock } from './base/effects.ts';
import { guardProcess, stackOf } from './base/guard-process.ts';
import { type KeepingSecretStore, Secret } from './base/secret.ts';
import { createSystemProxy, fetchOut, setSystemProxy, systemProxy } from './base/system-proxy/index.ts';
import { version } from './base/version.ts';
import { type Control, openControl } from './control/index.ts';
import { createEngine, type Engine } from './engine.ts';
import { type FromEngine, fellOver, type ToEngine } from './host-messages.ts';

/** The door to the shell: Electron gives a utility process `process.parentPort`, and nothing else of Electron comes in here. */
interface ParentPort {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (event: { readonly data: ToEngine }) => void): void;
}

const port = (process as unknown as { readonly parentPort: ParentPort }).parentPort;
const say = (message: FromEngine) => port.postMessage(message);

interface ShellAnswer {
  readonly text?: string;
  readonly kept?: boolean;
}

const running = new Map<number, AbortController>();
const asked = new Map<number, (answer: ShellAnswer) => void>();
let nextAsk = 0;
/** Asks the shell for a text: a secret, or what the desktop says of an address. */
const askShell = (question: (ask: number) => FromEngine): Promise<ShellAnswer> =>
  new Promise((resolve) => {
    const ask = nextAsk++;
    asked.set(ask, resolve);
    say(question(ask));
  });
let engine: Engine | undefined;
let control: Control | undefined;

/** Secrets live with the shell, which has the keychain. */
const secrets: KeepingSecretStore = {
  async read(id) {
    const { text } = await askShell((ask) => ({ kind: 'secret.read', ask, id }));
    return text === undefined ? undefined : new Secret(text);
  },
  async write(id, secret, keep) {
    say({ kind: 'secret.write', id, text: secret.reveal(), keep });
  },
  async isKept(id) {
    const { kept } = await askShell((ask) => ({ kind: 'secret.read', ask, id }));
    return kept === true;
  },
  async forget(id) {
    say({ kind: 'secret.forget', id });
  },
};

guardProcess({
  onFault: (kind, stack) =>
    say({ kind: 'log', level: 'error', event: 'engine.fault', details: { kind, stack } }),
  now: systemClock.now,
});
setSystemProxy(
  createSystemProxy({
    environment: process.env,
    desktop: async (url) => (await askShell((ask) => ({ kind: 'routes.find', ask, url }))).text ?? '',
    now: systemClock.now,
  }),
);

/** Tests in the real application say so: they need not wait for the usual half minute again and again. */
const mostMeasureMs = Number(process.env.GEARWAY_MOST_LAB_MS) || undefined;

function start(message: Extract<ToEngine, { kind: 'start' }>) {
  try {
    begin(message);
  } catch (error) {
    // Nothing would ever answer. Whoever hosts this process decides what the next one is given.
    say({ kind: 'log', level: 'error', event: 'engine.notMade', details: { error: stackOf(error) } });
    process.exit(fellOver);
  }
}

function begin(message: Extract<ToEngine, { kind: 'start' }>) {
  engine = createEngine({
    epoch: message.epoch,
    memory: message.memory,
    folder: message.folder,
    secrets,
    clock: systemClock,
    random: Math.random,
    fetch: fetchOut,
    mostMeasureMs,
    notify(change) {
      say({ kind: 'change', change });
      control?.tell(change);
    },
    remember: (memory) => say({ kind: 'remember', memory }),
    log: (level, event, details) => say({ kind: 'log', level, event, details }),
  });
  // The door opens first: the window shows what is there while the account is opened again.
  say({ kind: 'started' });
  void engine.start();
  void openDoor(engine, message.folder);
}

/** Terminals, editors and agents of the same person ask by this door what the window asks. */
async function openDoor(asked: Engine, folder: string) {
  control = await openControl({
    place: controlPlace(folder),
    version,
    host: { kind: 'window', pid: process.pid },
    take: asked.handle,
    snapshot: () => asked.snapshot(),
    // The window's engine lives as long as the window's application.
    onEnd: () => {},
    log: (level, event, details) => say({ kind: 'log', level, event, details }),
  });
}

async function answer({ call, name, input }: Extract<ToEngine, { kind: 'request' }>) {
  const controller = new AbortController();
  running.set(call, controller);
  const result = await engine?.handle(name, input, controller.signal);
  running.delete(call);
  if (result !== undefined) say({ kind: 'answer', call, result });
}

async function stop() {
  for (const controller of running.values()) controller.abort();
  await control?.stop();
  await engine?.stop();
  say({ kind: 'stopped' });
  process.exit(0);
}

port.on('message', ({ data }) => {
  switch (data.kind) {
    case 'start':
      return start(data);
    case 'request':
      return void answer(data);
    case 'cancel':
      return running.get(data.call)?.abort();
    case 'secret':
    case 'routes':
      asked.get(data.ask)?.(data);
      asked.delete(data.ask);
      return;
    case 'hidden':
      return engine?.setHidden(data.hidden);
    case 'nudge':
      systemProxy().forget();
      return engine?.nudge();
    case 'stop':
      return void stop();
    default:
      data satisfies never;
  }
});
