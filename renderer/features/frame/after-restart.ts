import { assertNever } from '../../../shared/assert-never.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import type { Service, TunnelState } from '../../../shared/model/service.ts';

/** What became of the tunnels after the engine came back, in the order in which it is said. */
export interface AfterRestart {
  readonly open: number;
  readonly coming: number;
  /** A password, a passphrase or a word about a key went with the engine; only the person has it. */
  readonly waiting: number;
  readonly broken: number;
}

const needsPerson: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ssh_password_needed',
  'ssh_passphrase_needed',
  'ssh_host_key_unknown',
  'ssh_host_key_changed',
]);

/** Counts the tunnels of services and the forwards of connections. Closed ones are nobody's wish and are left out. */
export function countAfterRestart(
  services: readonly Pick<Service, 'tunnel'>[],
  connections: readonly Pick<Connection, 'need' | 'forwards'>[],
): AfterRestart {
  const counts = { open: 0, coming: 0, waiting: 0, broken: 0 };
  const add = (state: TunnelState, isAsked: boolean) => {
    const fate = fateOf(state, isAsked);
    if (fate !== undefined) counts[fate] += 1;
  };
  for (const { tunnel } of services) add(tunnel.state, false);
  for (const { need, forwards } of connections)
    for (const { tunnel } of forwards) add(tunnel.state, need !== undefined);
  return counts;
}

function fateOf(state: TunnelState, isAsked: boolean): keyof AfterRestart | undefined {
  switch (state.kind) {
    case 'closed':
      return undefined;
    case 'connected':
      return 'open';
    case 'unanswered':
      return 'broken';
    case 'connecting':
    case 'verifying':
      return isAsked ? 'waiting' : 'coming';
    case 'reconnecting':
    case 'failed':
      if (isAsked || needsPerson.has(state.error.code)) return 'waiting';
      return state.kind === 'failed' ? 'broken' : 'coming';
    default:
      return assertNever(state, 'tunnel state');
  }
}
