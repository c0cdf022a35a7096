import { assertNever } from '../../../shared/assert-never.ts';
import type { RouteHealth, Service, TunnelState } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import type { Mark } from '../../components/state-mark.tsx';
import { milliseconds } from '../../words/format.ts';
import { knownText } from '../../words/known-text.ts';
import type { Words } from '../../words/use-words.ts';
import { waitText } from '../../words/wait-text.ts';

/** One lane of one service, in words and marks. */
export interface LaneView {
  readonly mark: Mark;
  readonly text: string;
  /** The last answer times in ms, oldest first; empty when there are none to draw. */
  readonly recentMs: readonly number[];
  /** Why it does not work, where something is known. */
  readonly error?: AppError;
  /** Milliseconds since the epoch of the last byte that came back. */
  readonly verifiedAt?: number;
}

/** The public route: why there is none, or how it answers. */
export function publicLane(service: Service, words: Words): LaneView {
  const { texts } = words;
  const { exposure } = service;
  switch (exposure.kind) {
    case 'tcp':
      return idle(texts.services.noPublic);
    case 'reserved':
      return idle(texts.services.reserved);
    case 'unmapped':
      return idle(texts.services.unmapped);
    case 'pending':
      return idle(texts.services.pending);
    case 'waiting':
      return idle(texts.services.waiting);
    case 'mapped':
      return healthLane(service.health.public, words) ?? idle(texts.lane.unknown);
    default:
      return assertNever(exposure, 'exposure');
  }
}

/** `now` in milliseconds since the epoch, for the countdown. */
export function tunnelLane(service: Service, words: Words, now: number): LaneView {
  const { lane } = words.texts;
  const { state } = service.tunnel;
  switch (state.kind) {
    case 'closed':
      return idle(lane.closed);
    case 'connecting':
      return working(waitText(state.wait, words, now) ?? lane.connecting);
    case 'verifying':
      return working(lane.verifying);
    case 'connected': {
      const asked = healthLane(service.health.tunnel, words);
      const { health } = service;
      // Nobody asked it: what is known comes from its container and from its clients.
      const isSeenOnly = health.tunnel.state === 'up' && health.tunnel.facts.isSeenOnly === true;
      const lanes: LaneView =
        asked === undefined || isSeenOnly
          ? { mark: 'up', text: knownText(state, words, isSeenOnly), recentMs: [] }
          : asked;
      return {
        ...lanes,
        verifiedAt: isSeenOnly ? state.verifiedAt : latest(state.verifiedAt, lanes.verifiedAt),
      };
    }
    case 'unanswered':
      return { mark: 'down', text: lane.unanswered, recentMs: [], error: state.error };
    case 'reconnecting':
      return { mark: 'working', text: countdown(state, words, now), recentMs: [], error: state.error };
    case 'failed':
      return { mark: 'down', text: lane.failed, recentMs: [], error: state.error };
    default:
      return assertNever(state, 'tunnel state');
  }
}

function countdown(state: Extract<TunnelState, { kind: 'reconnecting' }>, words: Words, now: number): string {
  const { lane } = words.texts;
  const seconds = Math.ceil((state.nextAt - now) / 1_000);
  if (seconds > 0) return words.say(lane.reconnecting, { seconds });
  return waitText(state.wait, words, now) ?? lane.retryingNow;
}

/** `undefined` where nothing was asked yet. */
function healthLane(health: RouteHealth, words: Words): LaneView | undefined {
  const { lane } = words.texts;
  switch (health.state) {
    case 'absent':
    case 'unknown':
      return undefined;
    case 'up':
      return {
        mark: 'up',
        text: words.say(lane.ms, { ms: milliseconds(health.facts.firstByteMs ?? health.facts.totalMs) }),
        recentMs: health.recentMs,
        verifiedAt: health.verifiedAt,
      };
    case 'degraded':
      return {
        mark: 'warn',
        text: lane.degraded,
        recentMs: health.recentMs,
        error: health.error,
        verifiedAt: health.verifiedAt,
      };
    case 'down':
      return {
        mark: 'down',
        text: health.facts.status === undefined ? lane.down : String(health.facts.status),
        recentMs: health.recentMs,
        error: health.error,
      };
    default:
      return assertNever(health, 'health');
  }
}

const idle = (text: string): LaneView => ({ mark: 'idle', text, recentMs: [] });
const working = (text: string): LaneView => ({ mark: 'working', text, recentMs: [] });

const latest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
