import type { MeasuredRoute } from '../model/comparison-record.ts';
import type { LiveValue, PlatformRow } from '../model/platform-row.ts';
import type { Protocol, RouteHealth, Service } from '../model/service.ts';
import { maxMappings } from '../platform-rules/index.ts';

export interface PlatformRowFacts {
  readonly service: Pick<Service, 'exposure' | 'health' | 'tunnel' | 'mappingName' | 'protocol' | 'exposed'>;
  /** Of its container: mappings in effect, and tunnels open on this computer. */
  readonly mappingsUsed?: number;
  readonly tunnelsOpen: number;
  readonly hostKey?: string;
  /** From a comparison, where it has measured. */
  readonly measured?: { readonly public: MeasuredRoute; readonly tunnel: MeasuredRoute };
  readonly now: number;
}

const day = 86_400_000;
/** A certificate is renewed by then, or somebody should be told. */
const soonDays = 14;

/** The platform's six rows with what is true for this service now, tested where it can be. Pure. */
export function platformRows(facts: PlatformRowFacts): readonly PlatformRow[] {
  const { service, measured } = facts;
  return [
    { key: 'setup', public: setup(service), tunnel: tunnelSetup(service) },
    {
      key: 'ports',
      public:
        facts.mappingsUsed === undefined
          ? { code: 'not_tested' }
          : { code: 'places_used', params: { used: facts.mappingsUsed, max: maxMappings } },
      tunnel: { code: 'tunnels_open', params: { count: facts.tunnelsOpen } },
    },
    {
      key: 'persistence',
      public: held(service.health.public, facts.now),
      tunnel:
        service.tunnel.state.kind === 'connected'
          ? { code: 'holds', params: age(service.tunnel.state.since, facts.now) }
          : { code: service.tunnel.state.kind === 'closed' ? 'not_tested' : 'does_not_hold' },
    },
    { key: 'scope', public: scope(service), tunnel: { code: 'this_computer' } },
    {
      key: 'protocol',
      public: carried(service.health.public, service.protocol, measured?.public),
      tunnel:
        measured === undefined || measured.tunnel.attempts === 0
          ? { code: 'carries_all_tcp' }
          : carried(service.health.tunnel, service.protocol, measured.tunnel),
    },
    {
      key: 'security',
      public: security(service, facts.now),
      tunnel:
        facts.hostKey === undefined
          ? { code: 'not_tested' }
          : { code: 'host_key', params: { fingerprint: facts.hostKey } },
    },
  ];
}

function setup({ exposure, mappingName }: PlatformRowFacts['service']): LiveValue {
  switch (exposure.kind) {
    case 'mapped':
      return mappingName === undefined
        ? { code: 'mapping_unnamed' }
        : { code: 'mapping_named', params: { name: mappingName } };
    case 'waiting':
      return { code: 'mapping_waiting' };
    case 'pending':
      return { code: 'mapping_pending' };
    case 'unmapped':
      return { code: 'not_mapped' };
    case 'tcp':
    case 'reserved':
      return { code: 'cannot_be_mapped' };
  }
}

function tunnelSetup({ tunnel }: PlatformRowFacts['service']): LiveValue {
  if (tunnel.state.kind === 'closed') return { code: 'tunnel_closed' };
  if (tunnel.state.kind === 'failed' || tunnel.state.kind === 'reconnecting')
    return { code: 'tunnel_failing' };
  return tunnel.local === undefined
    ? { code: 'tunnel_closed' }
    : { code: 'tunnel_open', params: { host: tunnel.local.host, port: tunnel.local.port } };
}

const age = (since: number, now: number) => ({ seconds: Math.max(0, Math.round((now - since) / 1000)) });

function held(health: RouteHealth, now: number): LiveValue {
  if (health.state === 'absent' || health.state === 'unknown') return { code: 'not_tested' };
  if (health.state === 'down') return { code: 'does_not_hold' };
  return { code: 'holds', params: age(health.since ?? health.verifiedAt, now) };
}

/** What was judged to answer to anyone does; a page that was not, asks for a login where it is used. */
function scope({ exposed, health }: PlatformRowFacts['service']): LiveValue {
  const status = health.public.state === 'up' ? health.public.facts.status : undefined;
  if (status === undefined) return { code: 'not_tested' };
  if (exposed !== undefined) return { code: 'anyone' };
  return { code: status < 300 || status === 401 || status === 403 ? 'login_needed' : 'not_tested' };
}

/** Names that are the same in every language. */
function carried(health: RouteHealth, protocol: Protocol, measured: MeasuredRoute | undefined): LiveValue {
  const passed: string[] = [];
  const failed: string[] = [];
  if (health.state === 'up' || health.state === 'degraded' || (measured?.answered ?? 0) > 0)
    passed.push(protocol === 'tcp' ? 'TCP' : 'HTTP');
  if (measured?.socket.kind === 'measured') passed.push('WebSocket');
  if (measured?.socket.kind === 'refused') failed.push('WebSocket');
  if (measured?.stream.kind === 'measured') (measured.stream.buffered ? failed : passed).push('SSE');
  if (passed.length === 0 && failed.length === 0) return { code: 'not_tested' };
  return failed.length === 0
    ? { code: 'carries', params: { passed: passed.join(', ') } }
    : { code: 'carries_not', params: { passed: passed.join(', '), failed: failed.join(', ') } };
}

function security({ exposure, health }: PlatformRowFacts['service'], now: number): LiveValue {
  if (exposure.kind !== 'mapped') return { code: 'not_tested' };
  if (exposure.url.startsWith('http:')) return { code: 'plain_http' };
  const tls = 'facts' in health.public ? health.public.facts.tls : undefined;
  if (tls === undefined) return { code: 'not_tested' };
  const days = Math.floor((tls.validTo - now) / day);
  return {
    code: days < soonDays ? 'certificate_expires' : 'certificate',
    params: { issuer: tls.issuer, days: Math.max(0, days) },
  };
}
