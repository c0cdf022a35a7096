import type { Finding, FindingAction, FindingCode } from '../model/service.ts';
import {
  answersOpenly,
  type FindingFacts,
  failsWith,
  failureOfRoute,
  isGatewayTimeout,
  isMapped,
  linkError,
  otherAddress,
  statusOf,
  targetRefused,
  works,
} from './evidence.ts';

/** One line of the table: what is seen on both routes, what it most likely means, and what helps. */
interface Rule {
  readonly code: FindingCode;
  readonly sure: Finding['sure'];
  readonly when: (facts: FindingFacts) => boolean;
  readonly actions?: readonly FindingAction[];
  readonly params?: (facts: FindingFacts) => Finding['params'];
}

const day = 86_400_000;
/** A certificate that ends sooner should have been renewed. */
const soonDays = 14;
/** In a comparison, a public route that loses more than this while the tunnel loses none is unsteady. */
const unsteadyShare = 0.95;

/** The most important first; what was seen inside the container or measured comes before what follows from both routes. */
const rules: readonly Rule[] = [
  {
    code: 'host_key_changed',
    sure: 'certain',
    when: (facts) => linkError(facts) === 'ssh_host_key_changed',
    actions: ['compare_keys'],
  },
  {
    code: 'network_down',
    sure: 'likely',
    when: (facts) =>
      failsWith(facts.public, 'tcp_timeout', 'public_timeout', 'name_unresolved') &&
      statusOf(facts.public) === undefined &&
      ['ssh_timeout', 'ssh_unreachable', 'ssh_lost'].includes(linkError(facts) ?? ''),
    actions: ['refresh'],
  },
  {
    code: 'ssh_login_refused',
    sure: 'certain',
    when: (facts) => linkError(facts) === 'ssh_login_refused',
    actions: ['refresh', 'retry_tunnel'],
  },
  {
    code: 'ssh_blocked',
    sure: 'likely',
    when: (facts) =>
      works(facts.public) && ['ssh_timeout', 'ssh_unreachable'].includes(linkError(facts) ?? ''),
    actions: ['use_public', 'retry_tunnel'],
  },
  {
    code: 'bound_to_loopback',
    sure: 'certain',
    // A failure on the way to the edge says nothing of what the edge would have reached.
    when: (facts) =>
      isMapped(facts) &&
      facts.listens?.bind === 'loopback' &&
      (facts.public.state === 'unknown' ||
        failsWith(facts.public, 'public_bad_gateway', 'public_error_status')),
    actions: ['show_fix', 'open_tunnel'],
  },
  {
    code: 'listens_elsewhere',
    sure: 'certain',
    when: (facts) => otherAddress(facts) !== undefined && targetRefused(facts),
    actions: ['show_fix'],
    params: (facts) => ({ address: otherAddress(facts) ?? '' }),
  },
  {
    code: 'listens_elsewhere',
    sure: 'likely',
    when: (facts) => works(facts.public) && targetRefused(facts),
    actions: ['use_public', 'show_fix'],
  },
  {
    code: 'bound_to_loopback',
    sure: 'likely',
    when: (facts) =>
      isMapped(facts) &&
      facts.listens === undefined &&
      failsWith(facts.public, 'public_bad_gateway') &&
      works(facts.tunnel),
    actions: ['show_fix', 'use_tunnel'],
  },
  {
    code: 'nothing_listens',
    sure: 'likely',
    when: (facts) =>
      facts.containerRunning &&
      ((targetRefused(facts) &&
        (!isMapped(facts) || failsWith(facts.public, 'public_bad_gateway', 'public_not_found'))) ||
        // It may have been started since: then its tunnel would work.
        (facts.isSilent === true && failsWith(facts.public, 'public_bad_gateway') && !works(facts.tunnel))),
    actions: ['refresh'],
  },
  {
    // Worked in an earlier run, and neither login nor address are those of that run any more.
    code: 'run_changed',
    sure: 'likely',
    when: ({ public: mapping, startedAt }) =>
      mapping.state === 'down' &&
      mapping.error.code === 'public_not_found' &&
      startedAt !== undefined &&
      mapping.lastUpAt !== undefined &&
      mapping.lastUpAt < startedAt,
    actions: ['refresh', 'use_tunnel'],
  },
  {
    code: 'mapping_missing',
    sure: 'likely',
    when: (facts) => isMapped(facts) && failsWith(facts.public, 'public_not_found'),
    actions: ['restart_container', 'use_tunnel'],
  },
  {
    code: 'name_unresolved',
    sure: 'likely',
    when: (facts) => isMapped(facts) && failsWith(facts.public, 'name_unresolved') && works(facts.tunnel),
    actions: ['use_tunnel'],
  },
  {
    code: 'tls_intercepted',
    sure: 'likely',
    // A certificate that is not trusted says it alone; without one the tunnel shows that the service is not to blame.
    when: (facts) =>
      isMapped(facts) &&
      failsWith(facts.public, 'tls_failed') &&
      (works(facts.tunnel) || factsOf(facts.public)?.tls?.fault !== undefined),
    actions: ['use_tunnel'],
    params: (facts) => certificateOf(facts),
  },
  {
    code: 'gateway_time_limit',
    sure: 'certain',
    when: ({ measured }) => measured?.public.long.kind === 'cut' && measured.tunnel.long.kind === 'passed',
    actions: ['use_tunnel'],
    params: ({ measured }) => ({
      seconds: measured?.public.long.kind === 'cut' ? Math.round(measured.public.long.ms / 1000) : 0,
    }),
  },
  {
    code: 'gateway_time_limit',
    sure: 'likely',
    when: (facts) => isGatewayTimeout(facts.public) && works(facts.tunnel),
    actions: ['use_tunnel'],
    params: ({ public: mapping }) => ({
      seconds: 'facts' in mapping ? Math.round(mapping.facts.totalMs / 1000) : 0,
    }),
  },
  {
    code: 'public_unreachable',
    sure: 'likely',
    when: (facts) =>
      isMapped(facts) &&
      works(facts.tunnel) &&
      !isGatewayTimeout(facts.public) &&
      failsWith(
        facts.public,
        'public_timeout',
        'tcp_refused',
        'tcp_timeout',
        'connection_lost',
        'name_leads_inside',
      ),
    actions: ['use_tunnel'],
    params: (facts) => ({ code: failureOfRoute(facts.public)?.code ?? '' }),
  },
  {
    // The same question, the same moment: only Host and Origin differ between the routes.
    code: 'host_check',
    sure: 'likely',
    when: (facts) => statusOf(facts.public) === 403 && answersOpenly(facts.tunnel),
    actions: ['show_fix', 'use_tunnel'],
  },
  {
    code: 'gateway_buffers',
    sure: 'certain',
    when: ({ measured }) =>
      measured?.public.stream.kind === 'measured' &&
      measured.public.stream.buffered &&
      measured.tunnel.stream.kind === 'measured' &&
      !measured.tunnel.stream.buffered,
    actions: ['use_tunnel'],
  },
  {
    code: 'websocket_not_passed',
    sure: 'certain',
    when: ({ measured }) =>
      measured?.public.socket.kind === 'refused' && measured.tunnel.socket.kind === 'measured',
    actions: ['use_tunnel'],
  },
  {
    code: 'websocket_not_passed',
    sure: 'likely',
    when: (facts) => upgradeOf(facts.tunnel) === 'switched' && upgradeOf(facts.public) === 'not_switched',
    actions: ['use_tunnel'],
  },
  {
    code: 'body_limit',
    sure: 'certain',
    when: ({ measured }) =>
      measured?.public.body.kind === 'limited' && measured.tunnel.body.kind === 'passed',
    actions: ['use_tunnel'],
    params: ({ measured }) => ({
      megabytes:
        measured?.public.body.kind === 'limited' ? Math.round(measured.public.body.bytes / 1e5) / 10 : 0,
    }),
  },
  {
    code: 'insecure_assets',
    sure: 'certain',
    when: (facts) => works(facts.public) && factsOf(facts.public)?.insecureAssets === true,
    actions: ['show_fix', 'use_tunnel'],
  },
  {
    code: 'public_unsteady',
    sure: 'certain',
    when: ({ measured }) =>
      measured !== undefined &&
      measured.public.answered > 0 &&
      measured.public.answered < measured.public.attempts * unsteadyShare &&
      measured.tunnel.attempts > 0 &&
      measured.tunnel.answered === measured.tunnel.attempts,
    actions: ['use_tunnel'],
    params: ({ measured }) => ({
      percent: Math.round(
        ((measured?.public.answered ?? 0) / Math.max(1, measured?.public.attempts ?? 1)) * 100,
      ),
    }),
  },
  {
    code: 'tunnel_away',
    sure: 'certain',
    when: (facts) =>
      facts.containerRunning &&
      facts.tunnelState.kind === 'reconnecting' &&
      !['ssh_timeout', 'ssh_unreachable'].includes(facts.tunnelState.error.code),
    actions: ['retry_tunnel'],
  },
  {
    code: 'mapping_pending',
    sure: 'certain',
    when: ({ exposure }) => exposure.kind === 'pending',
    actions: ['restart_container'],
  },
  {
    code: 'tunnel_only',
    sure: 'certain',
    when: ({ exposure }) => exposure.kind === 'tcp' || exposure.kind === 'reserved',
    actions: ['open_tunnel'],
  },
  {
    code: 'certificate_expires',
    sure: 'certain',
    when: (facts) => {
      const tls = works(facts.public) ? factsOf(facts.public)?.tls : undefined;
      return tls !== undefined && facts.now !== undefined && tls.validTo - facts.now < soonDays * day;
    },
    params: (facts) => certificateOf(facts),
  },
  {
    code: 'open_to_anyone',
    sure: 'certain',
    when: (facts) => isMapped(facts) && (facts.isExposed ?? answersOpenly(facts.public)),
    actions: ['show_fix', 'open_tunnel'],
  },
];

const upgradeOf = (health: FindingFacts['public']) => (works(health) ? factsOf(health)?.upgrade : undefined);

const factsOf = (health: FindingFacts['public']) => ('facts' in health ? health.facts : undefined);

function certificateOf({ public: mapping, now }: FindingFacts): Finding['params'] {
  const tls = factsOf(mapping)?.tls;
  if (tls === undefined) return undefined;
  const days = now === undefined ? undefined : Math.max(0, Math.floor((tls.validTo - now) / day));
  return { issuer: tls.issuer, ...(days === undefined ? {} : { days }) };
}

/** What both routes together say, each code once. Pure. */
export function findings(facts: FindingFacts): readonly Finding[] {
  const found = rules.filter((rule) => rule.when(facts));
  return found
    .filter(({ code }, index) => found.findIndex((other) => other.code === code) === index)
    .filter(
      ({ code }) => !(code === 'mapping_missing' && found.some((other) => other.code === 'run_changed')),
    )
    .map(({ code, sure, actions, params }) => {
      const values = params?.(facts);
      return { code, sure, ...(actions && { actions }), ...(values && { params: values }) };
    });
}
