import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Result } from '../../../shared/result.ts';
import type { Clock, Random, Stop } from '../base/effects.ts';
import { resolveName } from '../base/localhost-names.ts';

/** What a look at an SSH server's port shows. */
type PathState = 'answers' | 'drops' | 'dead';

/** How an SSH server is reached: straight, by a channel of a jump host, or by what is the way at the moment of a look. */
export type Way =
  | { readonly host: string; readonly port: number }
  | { readonly dial: (signal: AbortSignal) => Promise<Result<Duplex>> }
  | { readonly next: () => Way | undefined };

/** A server that says nothing for this long is dead; it is listened to until the next look all the same. */
const answerMs = 1_000;
const firstMs = 500;
/** From the start of one look to the next: more often would look like a scan to who guards the gateway. */
const leastPauseMs = 2_000;
const jitterMs = 200;
/** Two minutes of looks; after them a return is left to the back-off, which tries every 30 s at most. */
const mostLooks = 58;

/**
 * Looks at a server that was lost until its path is back: no login, only the line with which each SSH server greets
 * (RFC 4253 §4.2). Tries to connect wait up to 30 s between each other, and one that began while the path was cut would
 * hang; this finds out within 2.2 s that trying is worth it. Calls `onBack` once for each return from the dead: a server
 * that answers and then refuses is left to the back-off. Ends by itself after two minutes.
 */
export function watchPath(options: {
  readonly way: Way;
  readonly clock: Pick<Clock, 'after'>;
  readonly random: Random;
  readonly onBack: () => void;
}): Stop {
  const { clock, random } = options;
  let looks = 0;
  let wasDead = false;
  let stopped = false;
  let giveUp: Stop = () => {};

  const note = (state: PathState) => {
    if (stopped) return;
    const isBack = wasDead && state !== 'dead';
    wasDead = state === 'dead';
    if (isBack) options.onBack();
  };
  const look = () => {
    giveUp();
    if (looks === mostLooks) return;
    looks += 1;
    cancel = clock.after(leastPauseMs + Math.round(random() * jitterMs), look);
    giveUp = lookAt(options.way, clock, note);
  };
  let cancel = clock.after(firstMs, look);
  return () => {
    stopped = true;
    cancel();
    giveUp();
  };
}

/** One look; gives the way to end it. */
export function lookAt(way: Way, clock: Pick<Clock, 'after'>, tell: (state: PathState) => void): Stop {
  if ('next' in way) {
    const now = way.next();
    return now === undefined ? () => {} : lookAt(now, clock, tell);
  }
  if ('host' in way) {
    const socket = connect({ host: way.host, port: way.port, lookup: resolveName });
    return listenTo(socket, clock, tell, new Promise((resolve) => socket.once('connect', resolve)));
  }
  const life = new AbortController();
  const stopTimer = clock.after(answerMs, () => tell('dead'));
  let stop: Stop = () => {
    stopTimer();
    life.abort();
  };
  void way.dial(life.signal).then((channel) => {
    stopTimer();
    if (channel.ok && life.signal.aborted) channel.value.destroy();
    else if (channel.ok) stop = listenTo(channel.value, clock, tell, Promise.resolve());
    else if (!life.signal.aborted) tell('dead');
  });
  return () => stop();
}

/**
 * After `dead` it still listens: what was lost on its way may be sent again, and a connection that is reset shows that
 * packets pass.
 */
function listenTo(
  stream: Duplex,
  clock: Pick<Clock, 'after'>,
  tell: (state: PathState) => void,
  connects: Promise<unknown>,
): Stop {
  let over = false;
  let connected = false;
  const settle = (state: PathState | undefined) => {
    if (over) return;
    over = true;
    stopTimer();
    stream.destroy();
    if (state !== undefined) tell(state);
  };
  const stopTimer = clock.after(answerMs, () => tell('dead'));
  void connects.then(() => {
    connected = true;
  });
  stream.once('data', () => settle('answers'));
  stream.once('end', () => settle('drops'));
  stream.on('error', () => settle(connected ? 'drops' : 'dead'));
  stream.once('close', () => settle(connected ? 'drops' : 'dead'));
  return () => settle(undefined);
}
