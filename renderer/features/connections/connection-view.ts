import { assertNever } from '../../../shared/assert-never.ts';
import type { Connection, Forward, ForwardDirection } from '../../../shared/model/connection.ts';
import type { AppError } from '../../../shared/result.ts';
import type { Mark } from '../../components/state-mark.tsx';
import { knownText } from '../../words/known-text.ts';
import type { Words } from '../../words/use-words.ts';
import { waitText } from '../../words/wait-text.ts';

interface StateView {
  readonly mark: Mark;
  readonly text: string;
  readonly error?: AppError;
}

/** State of a connection in a mark and a word; what a person is asked for stands by itself and is no failure. Pure. */
export function connectionView({ state, need }: Connection, { texts }: Words): StateView {
  const { state: said } = texts.connections;
  if (need !== undefined) return { mark: 'warn', text: said.waits };
  switch (state.kind) {
    case 'idle':
      return { mark: 'idle', text: said.idle };
    case 'connecting':
      return { mark: 'working', text: said.connecting };
    case 'connected':
      return { mark: 'up', text: said.connected };
    case 'failed':
      return { mark: 'down', text: said.failed, error: state.error };
    default:
      return assertNever(state, 'connection state');
  }
}

/** State of a forward; `now` in milliseconds since the epoch, for the countdown. Pure. */
export function forwardView({ tunnel: { state } }: Forward, words: Words, now: number): StateView {
  const { say, age } = words;
  const { lane } = words.texts;
  switch (state.kind) {
    case 'closed':
      return { mark: 'idle', text: lane.closed };
    case 'connecting':
      return { mark: 'working', text: waitText(state.wait, words, now) ?? lane.connecting };
    case 'verifying':
      return { mark: 'working', text: lane.verifying };
    case 'connected':
      return {
        mark: 'up',
        text:
          state.verifiedAt === undefined
            ? knownText(state, words)
            : say(lane.verified, { age: age(Math.max(0, now - state.verifiedAt)) }),
      };
    case 'unanswered':
      return { mark: 'down', text: lane.unanswered, error: state.error };
    case 'reconnecting': {
      const seconds = Math.ceil((state.nextAt - now) / 1_000);
      const text =
        seconds > 0
          ? say(lane.reconnecting, { seconds })
          : (waitText(state.wait, words, now) ?? lane.retryingNow);
      return { mark: 'working', text, error: state.error };
    }
    case 'failed':
      return { mark: 'down', text: lane.failed, error: state.error };
    default:
      return assertNever(state, 'tunnel state');
  }
}

/** What follows `-L`, `-R` or `-D`, as the form shows it. Pure. */
export function forwardText({ bind, port, host, hostPort }: Forward): string {
  const bracketed = (name: string) => (name.includes(':') ? `[${name}]` : name);
  const own = `${bind === '127.0.0.1' ? '' : `${bracketed(bind)}:`}${port}`;
  if (host === undefined) return own;
  return host.startsWith('/') ? `${own}:${host}` : `${own}:${bracketed(host)}:${hostPort}`;
}

/** The same forward on another port: the number after an optional address to listen on. A port alone leads to its like. Pure. */
export function withPort(typed: string, port: number, direction: ForwardDirection): string {
  const text = typed.trim();
  if (direction !== 'dynamic' && /^\d+$/.test(text)) return `${port}:127.0.0.1:${text}`;
  return text.replace(/^((?:\[[^\]]*\]:|[^:[\]]*:(?=\d+:|\d+$))?)\d+/, `$1${port}`);
}

const ofConnections = /^(?:ssh_|key_file_|connection_)/;

/**
 * Is a forward's error one of the way to its server, which its connection says already, or asks about? Pure.
 */
export const isSaidAbove = ({ state, need }: Connection, { code }: AppError): boolean =>
  ofConnections.test(code) &&
  code !== 'ssh_forward_refused' &&
  (need !== undefined || state.kind === 'failed' || state.kind === 'connecting');
