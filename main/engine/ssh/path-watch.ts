import { connect } from 'node:net';
import type { Clock, Random, Stop } from '../base/effects.ts';
import { resolveName } from '../base/localhost-names.ts';

/** What a look at an SSH server's port shows. */
type PathState = 'answers' | 'drops' | 'dead';

/** A server that says nothing for this long is dead; it is listened to until the next look all the same. */
const answerMs = 1_000;
const firstMs = 500;
/** From the start of one look to the next: more often would look like a scan to who guards the gateway. */
const leastPauseMs = 2_000;
const jitterMs = 200;
/** After this long a return is left to the back-off, which tries every 30 s at most. */
const patientMs = 120_000;

/**
 * Looks at a server that was lost until its path is back: no login, only the line with which each SSH server greets
 * (RFC 4253 §4.2). Tries to connect wait up to 30 s between each other, and one that began while the path was cut would
 * hang; this finds out within 2.2 s that trying is worth it. Calls `onBack` once for each return from the dead: a server
 * that answers and then refuses is left to the back-off. Ends by itself after two minutes.
 */
export function watchPath(options: {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly onBack: () => void;
}): Stop {
  const { clock, random } = options;
  const started = clock.now();
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
    if (clock.now() - started > patientMs) return;
    cancel = clock.after(leastPauseMs + Math.round(random() * jitterMs), look);
    giveUp = lookAt(options, note);
  };
  let cancel = clock.after(firstMs, look);
  return () => {
    stopped = true;
    cancel();
    giveUp();
  };
}

/**
 * One look; gives the way to end it. After `dead` it still listens: what was lost on its way may be sent again, and a
 * connection that is reset shows that packets pass.
 */
function lookAt(
  { host, port, clock }: { readonly host: string; readonly port: number; readonly clock: Clock },
  tell: (state: PathState) => void,
): Stop {
  const socket = connect({ host, port, lookup: resolveName });
  let over = false;
  let connected = false;
  const settle = (state: PathState | undefined) => {
    if (over) return;
    over = true;
    stopTimer();
    socket.destroy();
    if (state !== undefined) tell(state);
  };
  const stopTimer = clock.after(answerMs, () => tell('dead'));
  socket.once('connect', () => {
    connected = true;
  });
  socket.once('data', () => settle('answers'));
  socket.once('end', () => settle('drops'));
  socket.on('error', () => settle(connected ? 'drops' : 'dead'));
  socket.once('close', () => settle(connected ? 'drops' : 'dead'));
  return () => settle(undefined);
}
