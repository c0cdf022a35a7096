import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { AppError } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import type { Connected } from './connect.ts';
import { farListeners } from './far-listeners.ts';
import { createPathMeter } from './path-meter.ts';
import { ping } from './ping.ts';
import { createSharing, type WindowBudget } from './receive-window.ts';
import { gateSending } from './send-window.ts';
import { watchSilence } from './silence.ts';
import { disconnected } from './ssh-failure.ts';
import type { Link, SshEndpoint } from './types.ts';

/** A frozen link is found within five looks of silence: 12.5 s at the most. */
const lookMs = 2_500;
const mostSilentLooks = 4;

/** A link with what only its owner may touch. */
export interface LiveLink extends Link {
  readonly client: Client;
  /** Counts what a fresh channel sends into what the path holds. */
  adopt(channel: Duplex): void;
}

/** What a connection that has just come about is to those who use it, until it is lost. */
export function liveLink(
  { client, wire, words }: Connected,
  endpoint: SshEndpoint,
  windows: WindowBudget,
  clock: Clock,
): LiveLink {
  let lostBy: AppError | undefined;
  let shortest: number | undefined;
  const lost = new Set<(error: AppError) => void>();
  const meter = createPathMeter(client, clock);
  const gate = gateSending(client, meter);
  meter.begin();
  const far = farListeners(client, clock);
  const stopWatching = watchSilence({
    ...{ wire, clock, everyMs: lookMs, most: mostSilentLooks },
    ask: () => void ping(client, () => {}),
    onSilent: () => client.destroy(),
  });
  client.once('close', () => {
    stopWatching();
    const { host, port } = endpoint;
    const said = words.heard();
    const error: AppError =
      said.reason === undefined
        ? { code: 'ssh_lost', params: { host, port } }
        : disconnected(endpoint, { reason: said.reason, text: said.text });
    lostBy = error;
    for (const listener of [...lost]) listener(error);
    lost.clear();
  });
  return {
    client,
    endpoint,
    windows,
    meter,
    sharing: createSharing(() => clock.ticks()),
    adopt: gate.adopt,
    roundTripMs: () => shortest ?? 0,
    noteRoundTrip(ms) {
      shortest = Math.min(shortest ?? ms, ms);
    },
    isAlive: () => lostBy === undefined,
    listenFar: far,
    onLost(listener) {
      if (lostBy === undefined) lost.add(listener);
      else listener(lostBy);
      return () => lost.delete(listener);
    },
  };
}
