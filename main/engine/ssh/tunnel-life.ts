import { assertNever } from '../../../shared/assert-never.ts';
import type { TunnelState, TunnelWait } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import { stableMs } from './backoff.ts';
import { isFinal } from './ssh-failure.ts';

/** A tunnel's life: what is shown, and how often it has tried since it was last stable. */
export interface TunnelLife {
  readonly state: TunnelState;
  readonly attempt: number;
}

export type TunnelEvent =
  | { readonly kind: 'opened'; readonly at: number }
  /** A try begins, by the clock or by the person. */
  | { readonly kind: 'trying'; readonly at: number }
  /** The try waits for something, until it is given up. */
  | { readonly kind: 'waiting'; readonly wait: TunnelWait }
  | { readonly kind: 'linked'; readonly at: number }
  /** A byte came back from the far service. */
  | { readonly kind: 'answered'; readonly at: number }
  /** It accepted a client of a person. */
  | { readonly kind: 'accepted'; readonly at: number }
  /** Nothing was asked of it; `isSeen`: the machine's own tables say that something listens. */
  | { readonly kind: 'unasked'; readonly at: number; readonly isSeen: boolean }
  /** The link stands, the service does not answer through it. */
  | { readonly kind: 'unanswered'; readonly at: number; readonly error: AppError }
  /** There is no link: it was lost, or none came about. `delayMs` is the pause before the next try. */
  | { readonly kind: 'lost'; readonly at: number; readonly error: AppError; readonly delayMs: number }
  | { readonly kind: 'closed' };

export const unopened: TunnelLife = { state: { kind: 'closed' }, attempt: 0 };

/** The next life after one event; an event that does not belong to the present state changes nothing. Pure. */
export function nextTunnelLife(life: TunnelLife, event: TunnelEvent): TunnelLife {
  const { state } = life;
  if (event.kind === 'closed') return unopened;
  if (event.kind === 'opened') return { state: { kind: 'connecting', since: event.at }, attempt: 0 };
  if (state.kind === 'closed') return life;
  switch (event.kind) {
    case 'trying':
      if (state.kind === 'failed') return { state: { kind: 'connecting', since: event.at }, attempt: 0 };
      if (state.kind === 'reconnecting') return { ...life, state: { ...state, nextAt: event.at } };
      return life;
    case 'waiting':
      if (state.kind !== 'connecting' && state.kind !== 'reconnecting') return life;
      return { ...life, state: { ...state, wait: event.wait } };
    case 'linked':
      return isLinked(state) ? life : { ...life, state: { kind: 'verifying', since: event.at } };
    case 'answered':
      if (!isLinked(state)) return life;
      return {
        ...life,
        state: { ...connected(state, event.at), verifiedAt: event.at },
      };
    case 'accepted':
      if (!isLinked(state)) return life;
      return { ...life, state: { ...connected(state, event.at), acceptedAt: event.at } };
    case 'unasked':
      if (!isLinked(state)) return life;
      return {
        ...life,
        state: { ...connected(state, event.at), ...(event.isSeen ? { listensAt: event.at } : {}) },
      };
    case 'unanswered':
      if (!isLinked(state)) return life;
      return {
        ...life,
        state: {
          kind: 'unanswered',
          since: state.kind === 'unanswered' ? state.since : event.at,
          error: event.error,
        },
      };
    case 'lost': {
      if (isFinal(event.error)) return { ...life, state: { kind: 'failed', error: event.error } };
      if (state.kind === 'failed') return life;
      const attempt = wasStable(state, event.at) ? 1 : life.attempt + 1;
      const nextAt = event.at + event.delayMs;
      return { state: { kind: 'reconnecting', attempt, nextAt, error: event.error }, attempt };
    }
    default:
      return assertNever(event, 'tunnel event');
  }
}

const connected = (state: TunnelState, at: number): Extract<TunnelState, { kind: 'connected' }> =>
  state.kind === 'connected' ? state : { kind: 'connected', since: at };

const isLinked = (state: TunnelState): state is Extract<TunnelState, { since: number }> =>
  state.kind === 'verifying' || state.kind === 'connected' || state.kind === 'unanswered';

const wasStable = (state: TunnelState, at: number): boolean =>
  isLinked(state) && at - state.since >= stableMs;

/** Which try the next one is, so that its pause can be drawn before the event is made. */
export const nextAttempt = (life: TunnelLife, at: number): number =>
  wasStable(life.state, at) ? 1 : life.attempt + 1;
