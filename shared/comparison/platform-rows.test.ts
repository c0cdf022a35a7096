import { describe, expect, it } from 'vitest';
import type { LiveCode, PlatformRowKey } from '../model/platform-row.ts';
import type { RouteHealth, Tunnel } from '../model/service.ts';
import { makeRoute } from './make-route.ts';
import { type PlatformRowFacts, platformRows } from './platform-rows.ts';

const now = 100 * 86_400_000;
const facts = { at: now, steps: [], totalMs: 1 };
const up = (
  status: number,
  more: Partial<typeof facts> & { tls?: { issuer: string; validTo: number } } = {},
): RouteHealth => ({
  state: 'up',
  verifiedAt: now - 3_000,
  facts: { ...facts, status, ...more },
  recentMs: [],
});
const down: RouteHealth = { state: 'down', since: 0, error: { code: 'tcp_refused' }, facts, recentMs: [] };
const absent: RouteHealth = { state: 'absent' };
const url = 'https://demo-web.gear.example';

const base: PlatformRowFacts = {
  service: {
    protocol: 'http',
    exposure: { kind: 'unmapped' },
    health: { public: absent, tunnel: absent },
    tunnel: { state: { kind: 'closed' } },
  },
  tunnelsOpen: 0,
  now,
};
const withService = (part: Partial<PlatformRowFacts['service']>): PlatformRowFacts => ({
  ...base,
  service: { ...base.service, ...part },
});
const publicIs = (
  health: RouteHealth,
  exposure: PlatformRowFacts['service']['exposure'] = { kind: 'mapped', url },
) => withService({ exposure, health: { public: health, tunnel: absent } });
const tunnelIs = (state: Tunnel['state'], local?: Tunnel['local']) =>
  withService({ tunnel: { state, local } });
const open = (given: PlatformRowFacts): PlatformRowFacts => ({
  ...given,
  service: { ...given.service, exposed: { by: 'probe', level: 'read' } },
});
const tls = (days: number) => ({ tls: { issuer: 'CA', validTo: now + days * 86_400_000 } });
const lost = { kind: 'reconnecting', attempt: 1, nextAt: 0, error: { code: 'ssh_lost' } } as const;

describe('the six rows for one service', () => {
  it.each<[PlatformRowKey, 'public' | 'tunnel', LiveCode, PlatformRowFacts]>([
    ['setup', 'public', 'not_mapped', base],
    ['setup', 'public', 'mapping_unnamed', publicIs(absent)],
    ['setup', 'public', 'mapping_waiting', publicIs(absent, { kind: 'waiting', url })],
    ['setup', 'public', 'mapping_pending', publicIs(absent, { kind: 'pending', url })],
    ['setup', 'public', 'cannot_be_mapped', publicIs(absent, { kind: 'tcp' })],
    ['setup', 'public', 'cannot_be_mapped', publicIs(absent, { kind: 'reserved' })],
    ['setup', 'tunnel', 'tunnel_closed', base],
    ['setup', 'tunnel', 'tunnel_failing', tunnelIs(lost)],
    [
      'setup',
      'tunnel',
      'tunnel_open',
      tunnelIs({ kind: 'connected', since: 0 }, { host: '127.0.0.1', port: 1 }),
    ],
    ['ports', 'public', 'not_tested', base],
    ['ports', 'public', 'places_used', { ...base, mappingsUsed: 5 }],
    ['persistence', 'public', 'not_tested', base],
    ['persistence', 'public', 'does_not_hold', publicIs(down)],
    ['persistence', 'public', 'holds', publicIs(up(200))],
    ['persistence', 'tunnel', 'not_tested', base],
    ['persistence', 'tunnel', 'does_not_hold', tunnelIs(lost)],
    ['scope', 'public', 'anyone', open(publicIs(up(204)))],
    ['scope', 'public', 'anyone', open(publicIs(up(404)))],
    ['scope', 'public', 'login_needed', publicIs(up(200))],
    ['scope', 'public', 'login_needed', publicIs(up(401))],
    ['scope', 'public', 'login_needed', publicIs(up(403))],
    ['scope', 'public', 'not_tested', publicIs(up(302))],
    ['scope', 'public', 'not_tested', publicIs(down)],
    ['protocol', 'public', 'carries', publicIs(up(200))],
    ['protocol', 'public', 'not_tested', publicIs(down)],
    ['protocol', 'tunnel', 'carries_all_tcp', base],
    ['security', 'public', 'not_tested', base],
    [
      'security',
      'public',
      'plain_http',
      publicIs(up(200), { kind: 'mapped', url: 'http://demo-web.gear.example' }),
    ],
    ['security', 'public', 'certificate', publicIs(up(200, tls(40)))],
    ['security', 'public', 'certificate_expires', publicIs(up(200, tls(3)))],
    ['security', 'public', 'not_tested', publicIs(down)],
    ['security', 'tunnel', 'not_tested', base],
    ['security', 'tunnel', 'host_key', { ...base, hostKey: 'SHA256:abc' }],
  ])('%s of the %s route is %s', (key, side, code, given) => {
    expect(platformRows(given).find((row) => row.key === key)?.[side].code).toBe(code);
  });

  it('says TCP of what a tunnel carried for a service that speaks no HTTP', () => {
    const measured = { public: makeRoute(0, { attempts: 0, answered: 0 }), tunnel: makeRoute(3) };
    const rows = platformRows({ ...withService({ protocol: 'tcp' }), measured });
    expect(rows.find(({ key }) => key === 'protocol')?.tunnel.params?.passed).toMatch(/^TCP/);
  });

  it('never counts a day or a second below nothing', () => {
    const expired = platformRows(publicIs(up(200, tls(-9))));
    expect(expired.find(({ key }) => key === 'security')?.public.params).toMatchObject({ days: 0 });
    const ahead: RouteHealth = { ...up(200), since: now + 5_000 } as RouteHealth;
    expect(platformRows(publicIs(ahead)).find(({ key }) => key === 'persistence')?.public.params).toEqual({
      seconds: 0,
    });
  });
});
