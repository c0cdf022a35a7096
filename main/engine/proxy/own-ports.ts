import type { Listener } from './listener.ts';
import type { OwnPort, ProxiedService } from './types.ts';

/** Ports that lead to one service each, for clients that cannot resolve names under localhost. */
interface OwnPorts {
  set(services: readonly ProxiedService[]): void;
  get(id: string): OwnPort | undefined;
  stop(): Promise<void>;
}

interface Held {
  readonly wanted: number;
  state: OwnPort | undefined;
  /** Settles when it listens, or will never. */
  readonly opening: Promise<Listener | undefined>;
}

/** A port is opened and closed as services ask for it; one that is taken is told as `local_port_busy` {port}. */
export function createOwnPorts(options: {
  readonly open: (id: string, port: number) => Promise<Listener | undefined>;
  readonly onChange: (id: string) => void;
}): OwnPorts {
  const held = new Map<string, Held>();
  /** Closing comes first when a service changes its port, or gives it to another one. */
  let closing: Promise<unknown> = Promise.resolve();

  function release(id: string) {
    const one = held.get(id);
    held.delete(id);
    if (one === undefined) return;
    closing = Promise.all([closing, one.opening.then((listener) => listener?.close())]);
  }

  function hold(id: string, wanted: number) {
    const before = closing;
    const one: Held = {
      wanted,
      state: undefined,
      opening: before.then(() => (held.get(id) === one ? options.open(id, wanted) : undefined)),
    };
    held.set(id, one);
    void one.opening.then((listener) => {
      if (held.get(id) !== one) return;
      one.state =
        listener === undefined
          ? { kind: 'failed', error: { code: 'local_port_busy', params: { port: wanted } } }
          : { kind: 'listening', port: listener.port };
      options.onChange(id);
    });
  }

  return {
    set(services) {
      const wanted = new Map(
        services.flatMap(({ id, ownPort }) => (ownPort === undefined ? [] : [[id, ownPort] as const])),
      );
      for (const [id, one] of [...held]) {
        if (wanted.get(id) === one.wanted) continue;
        release(id);
        options.onChange(id);
      }
      for (const [id, port] of wanted) if (!held.has(id)) hold(id, port);
    },
    get: (id) => held.get(id)?.state,
    async stop() {
      for (const id of [...held.keys()]) release(id);
      await closing;
    },
  };
}
