import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A relay in front of a server that does to connections what bad networks do. */
export interface FaultRelay {
  readonly host: string;
  readonly port: number;
  /** Connections that stand. */
  open(): number;
  /** Connections that ever came. */
  accepted(): number;
  /** Ends all connections cleanly in the middle (FIN). */
  cut(): void;
  /** Ends all connections with RST. */
  reset(): void;
  /** Swallows everything in both directions, of new connections too, and ends nothing: a cable that is unplugged. */
  blackhole(): void;
  /** Refuses: new connections are reset at once. */
  refuse(): void;
  /** Passes everything again. What was swallowed is lost: connections that were in a blackhole are reset. */
  heal(): void;
  /** Bytes per second and direction from now on; undefined lifts it. */
  slow(bytesPerSecond: number | undefined): void;
  /** One-way time in ms for every byte from now on. */
  delay(ms: number): void;
  /** Cuts and heals `times`: `upMs` open, `downMs` refusing. */
  flap(times: number, upMs: number, downMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** What may wait in one direction: enough for a long, fat path, and an end to what is kept of a stalled reader. */
const mostHeldBytes = 64 * 1024 * 1024;
const mostWithoutDelay = 1024 * 1024;

export async function startFaultRelay(target: {
  readonly host: string;
  readonly port: number;
  readonly delayMs?: number;
  /** Bytes per second and direction. */
  readonly rate?: number;
  /** What waits before the narrow place at most; then the sender is stopped. */
  readonly queueBytes?: number;
}): Promise<FaultRelay> {
  let mode: 'pass' | 'blackhole' | 'refuse' = 'pass';
  let oneWayMs = target.delayMs ?? 0;
  let rate = target.rate;
  let accepted = 0;
  const pairs = new Set<{ readonly ends: readonly Socket[]; swallowed: boolean }>();

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    accepted += 1;
    near.on('error', () => near.destroy());
    if (mode === 'refuse') {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ host: target.host, port: target.port, allowHalfOpen: true, noDelay: true });
    const pair = { ends: [near, far] as const, swallowed: false };
    pairs.add(pair);
    const both = (how: 'destroy' | 'resetAndDestroy') => {
      pairs.delete(pair);
      for (const end of pair.ends) if (!end.destroyed) end[how]();
    };
    far.on('error', () => both('resetAndDestroy'));
    near.on('error', () => both('resetAndDestroy'));
    near.on('close', () => both('destroy'));
    far.on('close', () => both('destroy'));
    carry(near, far, pair);
    carry(far, near, pair);
  });

  function carry(from: Socket, to: Socket, pair: { swallowed: boolean }) {
    /** What is on its way, the oldest first; `undefined` is the end. One queue, so that nothing overtakes. */
    const way: { readonly due: number; readonly chunk: Buffer | undefined }[] = [];
    let held = 0;
    let timer: NodeJS.Timeout | undefined;
    /** Until when the bytes so far fill the line. */
    let full = 0;

    const steer = () => {
      const queued = rate === undefined ? 0 : ((full - Date.now()) / 1000) * rate;
      const isFull = held + to.writableLength >= (oneWayMs > 0 ? mostHeldBytes : mostWithoutDelay);
      if (isFull || queued >= (target.queueBytes ?? Number.POSITIVE_INFINITY)) from.pause();
      else if (from.isPaused()) from.resume();
    };
    const arrive = () => {
      timer = undefined;
      for (let next = way[0]; next !== undefined && next.due <= Date.now(); next = way[0]) {
        way.shift();
        held -= next.chunk?.length ?? 0;
        if (mode === 'blackhole') pair.swallowed = true;
        else if (!to.writable) continue;
        else if (next.chunk === undefined) to.end();
        else to.write(next.chunk);
      }
      if (way[0] !== undefined) timer = setTimeout(arrive, way[0].due - Date.now());
      steer();
    };
    const send = (chunk: Buffer | undefined) => {
      if (mode === 'blackhole') {
        pair.swallowed = true;
        return;
      }
      const now = Date.now();
      if (rate !== undefined) full = Math.max(full, now) + ((chunk?.length ?? 0) / rate) * 1000;
      const sent = rate === undefined ? now : full;
      way.push({ due: Math.max(sent + oneWayMs, way.at(-1)?.due ?? 0), chunk });
      held += chunk?.length ?? 0;
      if (timer === undefined) arrive();
      else steer();
    };
    from.on('data', send);
    from.on('end', () => send(undefined));
    to.on('drain', steer);
    from.on('close', () => clearTimeout(timer));
  }

  const all = (how: 'destroy' | 'resetAndDestroy') => {
    for (const { ends } of [...pairs]) for (const end of ends) end[how]();
    pairs.clear();
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();

  return {
    host: '127.0.0.1',
    port: typeof address === 'object' && address !== null ? address.port : 0,
    open: () => pairs.size,
    accepted: () => accepted,
    cut: () => all('destroy'),
    reset: () => all('resetAndDestroy'),
    blackhole() {
      mode = 'blackhole';
    },
    refuse() {
      mode = 'refuse';
    },
    heal() {
      mode = 'pass';
      for (const pair of [...pairs])
        if (pair.swallowed) {
          pairs.delete(pair);
          for (const end of pair.ends) end.resetAndDestroy();
        }
    },
    slow(bytesPerSecond) {
      rate = bytesPerSecond;
    },
    delay(ms) {
      oneWayMs = ms;
    },
    async flap(times, upMs, downMs) {
      for (let turn = 0; turn < times; turn += 1) {
        mode = 'refuse';
        all(turn % 2 === 0 ? 'destroy' : 'resetAndDestroy');
        await pause(downMs);
        mode = 'pass';
        await pause(upMs);
      }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        all('destroy');
      }),
  };
}
