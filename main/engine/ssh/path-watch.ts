import { connect } from 'node:net';
import type { Clock, Stop } from '../effects.ts';
import { resolveName } from '../localhost-names.ts';

/** What a look at an SSH server's port shows. */
export type PathState = 'answers' | 'drops' | 'dead';

const answerMs = 1_000;
const pauseMs = 500;
/** After this long the path is looked at less often. */
const patientMs = 120_000;
const patientPauseMs = 5_000;

/**
 * Looks at a server that was lost until its path is back: no login, only the line with which each SSH server greets
 * (RFC 4253 §4.2). Tries to connect wait up to 30 s between each other, and one that began while the path was cut would
 * hang; this finds out within 1.5 s that trying is worth it. Calls `onBack` once for each return from the dead: a server
 * that answers and then refuses is left to the back-off.
 */
export function watchPath(options: {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly onBack: () => void;
}): Stop {
  const { clock } = options;
  const started = clock.now();
  let wasDead = false;
  let stopped = false;
  let cancel: Stop = () => {};

  const look = () => {
    cancel = lookAt(options, (state) => {
      if (stopped) return;
      const isBack = wasDead && state === 'answers';
      if (state !== 'drops') wasDead = state === 'dead';
      cancel = clock.after(clock.now() - started > patientMs ? patientPauseMs : pauseMs, look);
      if (isBack) options.onBack();
    });
  };
  cancel = clock.after(pauseMs, look);
  return () => {
    stopped = true;
    cancel();
  };
}

/** One look; gives the way to give it up. */
export function lookAt(
  { host, port, clock }: { readonly host: string; readonly port: number; readonly clock: Clock },
  tell: (state: PathState) => void,
): Stop {
  const socket = connect({ host, port, lookup: resolveName });
  let over = false;
  const settle = (state: PathState | undefined) => {
    if (over) return;
    over = true;
    stopTimer();
    socket.destroy();
    if (state !== undefined) tell(state);
  };
  const stopTimer = clock.after(answerMs, () => settle('dead'));
  let connected = false;
  socket.once('connect', () => {
    connected = true;
  });
  socket.once('data', () => settle('answers'));
  socket.once('end', () => settle('drops'));
  socket.on('error', () => settle(connected ? 'drops' : 'dead'));
  socket.once('close', () => settle(connected ? 'drops' : 'dead'));
  return () => settle(undefined);
}
