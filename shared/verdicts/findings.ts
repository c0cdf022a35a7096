import type { Exposure, Finding, FindingCode, RouteHealth, Service, TunnelState } from '../model/service.ts';

/** Everything that a finding is drawn from. */
export interface FindingFacts {
  readonly public: RouteHealth;
  readonly tunnel: RouteHealth;
  readonly tunnelState: TunnelState;
  readonly exposure: Exposure;
  readonly listens?: Service['listens'];
  readonly containerRunning: boolean;
}

type Rule = readonly [code: FindingCode, sure: Finding['sure'], holds: (facts: FindingFacts) => boolean];

const isMapped = ({ exposure }: FindingFacts) => exposure.kind === 'mapped';
const works = (health: RouteHealth) => health.state === 'up' || health.state === 'degraded';
const failsWith = (health: RouteHealth, ...codes: readonly string[]) =>
  health.state === 'down' && codes.includes(health.error.code);
const targetRefused = ({ tunnelState, tunnel }: FindingFacts) =>
  (tunnelState.kind === 'unanswered' && tunnelState.error.code === 'target_refused') ||
  failsWith(tunnel, 'target_refused');

/** The most important first; what was seen inside the container comes before what follows from both routes. */
const rules: readonly Rule[] = [
  [
    'host_key_changed',
    'certain',
    ({ tunnelState }) => tunnelState.kind === 'failed' && tunnelState.error.code === 'ssh_host_key_changed',
  ],
  [
    'bound_to_loopback',
    'certain',
    (facts) => isMapped(facts) && facts.listens?.bind === 'loopback' && !works(facts.public),
  ],
  [
    'bound_to_loopback',
    'likely',
    (facts) =>
      isMapped(facts) &&
      facts.listens === undefined &&
      failsWith(facts.public, 'public_bad_gateway') &&
      works(facts.tunnel),
  ],
  [
    'nothing_listens',
    'likely',
    (facts) =>
      facts.containerRunning &&
      targetRefused(facts) &&
      (!isMapped(facts) || failsWith(facts.public, 'public_bad_gateway', 'public_not_found')),
  ],
  ['mapping_missing', 'likely', (facts) => isMapped(facts) && failsWith(facts.public, 'public_not_found')],
  [
    'public_unreachable',
    'likely',
    (facts) =>
      isMapped(facts) &&
      works(facts.tunnel) &&
      failsWith(
        facts.public,
        'public_timeout',
        'name_unresolved',
        'tcp_refused',
        'tcp_timeout',
        'tls_failed',
        'connection_lost',
      ),
  ],
  ['mapping_pending', 'certain', ({ exposure }) => exposure.kind === 'pending'],
  ['tunnel_only', 'certain', ({ exposure }) => exposure.kind === 'tcp' || exposure.kind === 'reserved'],
  [
    'open_to_anyone',
    'certain',
    (facts) => isMapped(facts) && works(facts.public) && answeredWithoutLogin(facts.public),
  ],
];

/** 401 and 403 are a door with a lock; a redirect may lead to one, so it is not counted as open. */
const answeredWithoutLogin = (health: RouteHealth): boolean =>
  'facts' in health && health.facts.status !== undefined && health.facts.status < 300;

/** What both routes together say, each code once. Pure. */
export function findings(facts: FindingFacts): readonly Finding[] {
  const found = rules.filter(([, , holds]) => holds(facts));
  return found
    .filter(([code], index) => found.findIndex(([other]) => other === code) === index)
    .map(([code, sure]) => ({ code, sure }));
}
