import { describe, expect, it } from 'vitest';
import { platformRowKeys } from '../model/platform-row.ts';
import type { RouteHealth } from '../model/service.ts';
import { platformRows } from './platform-rows.ts';

const now = 1_000_000;
const up: RouteHealth = {
  state: 'up',
  since: now - 60_000,
  verifiedAt: now,
  facts: { at: now, steps: [], totalMs: 1, status: 200 },
  recentMs: [],
};
const rows = platformRows({
  service: {
    exposure: { kind: 'mapped', url: 'https://demo-web.gear.example' },
    protocol: 'http',
    exposed: { by: 'probe', level: 'read' },
    mappingName: 'web',
    health: { public: up, tunnel: up },
    tunnel: { state: { kind: 'connected', since: now - 5000 }, local: { host: '127.0.0.1', port: 15080 } },
  },
  mappingsUsed: 3,
  tunnelsOpen: 1,
  hostKey: 'SHA256:abc',
  now,
});
const row = (key: (typeof platformRowKeys)[number]) => rows.find((candidate) => candidate.key === key);

describe("the platform's own comparison, for one service", () => {
  it('has its six rows in its order', () => {
    expect(rows.map(({ key }) => key)).toEqual(platformRowKeys);
  });

  it('sets a mapping in the interface and a tunnel by SSH', () => {
    expect(row('setup')).toMatchObject({
      public: { code: 'mapping_named' },
      tunnel: { code: 'tunnel_open' },
    });
  });

  it('counts the mappings of the container, and a tunnel for each port', () => {
    expect(row('ports')).toMatchObject({
      public: { code: 'places_used', params: { used: 3, max: 5 } },
      tunnel: { params: { count: 1 } },
    });
  });

  it('holds a mapping while the container runs, a tunnel while its connection stands', () => {
    expect(row('persistence')).toMatchObject({
      public: { code: 'holds', params: { seconds: 60 } },
      tunnel: { code: 'holds', params: { seconds: 5 } },
    });
  });

  it('opens a mapping to anyone, a tunnel to this computer', () => {
    expect(row('scope')).toMatchObject({ public: { code: 'anyone' }, tunnel: { code: 'this_computer' } });
  });

  it('carries HTTP by a mapping and all of TCP by a tunnel', () => {
    expect(row('protocol')).toMatchObject({
      public: { code: 'carries' },
      tunnel: { code: 'carries_all_tcp' },
    });
  });

  it('is secured by a certificate there and by a host key here', () => {
    expect(row('security')).toMatchObject({ public: { code: 'not_tested' }, tunnel: { code: 'host_key' } });
  });
});
