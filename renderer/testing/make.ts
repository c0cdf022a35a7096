import type { Container } from '../../shared/model/container.ts';
import type { Facts, RouteHealth, Service } from '../../shared/model/service.ts';

/** A running workspace; name what differs. */
export const makeContainer = (part: Partial<Container> = {}): Container => ({
  id: 'abcdefghijkl',
  projectId: 'project',
  name: 'vision-lab',
  mode: 'WORKSPACE',
  status: { kind: 'running' },
  runId: 'run-1',
  mappings: [],
  look: { kind: 'never' },
  ssh: { user: 'root', host: 'ssh.example', port: 31612 },
  ...part,
});

/** A web service that is mapped and not yet asked; name what differs. */
export const makeService = (part: Partial<Service> = {}): Service => ({
  id: 'abcdefghijkl:7860',
  containerId: 'abcdefghijkl',
  port: 7860,
  name: 'web',
  protocol: 'http',
  exposure: { kind: 'mapped', url: 'https://demo-web.gear.example' },
  byHand: false,
  tunnel: { state: { kind: 'closed' } },
  health: { public: { state: 'unknown' }, tunnel: { state: 'absent' } },
  findings: [],
  ...part,
});

export const makeFacts = (part: Partial<Facts> = {}): Facts => ({
  at: 1_000,
  steps: [],
  totalMs: 20,
  firstByteMs: 12,
  ...part,
});

export const up: RouteHealth = { state: 'up', verifiedAt: 1_000, facts: makeFacts(), recentMs: [12, 13, 11] };

export const down: RouteHealth = {
  state: 'down',
  since: 1_000,
  error: { code: 'public_bad_gateway' },
  facts: makeFacts({ status: 502 }),
  recentMs: [],
};
