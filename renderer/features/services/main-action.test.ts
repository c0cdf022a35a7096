import { describe, expect, it } from 'vitest';
import type { Service } from '../../../shared/model/service.ts';
import { down, makeContainer, makeService, up } from '../../testing/make.ts';
import { mainAction } from './main-action.ts';

const running = makeContainer();
const stopped = makeContainer({ status: { kind: 'ended', how: 'cancelled' }, ssh: undefined });
const absent = { state: 'absent' } as const;
const tcp: Partial<Service> = {
  protocol: 'tcp',
  exposure: { kind: 'tcp' },
  health: { public: absent, tunnel: absent },
};
const open: Service['tunnel'] = { state: { kind: 'connected', since: 1 } };

describe('the one right thing to do', () => {
  it.each([
    ['open what answers publicly', makeService({ health: { public: up, tunnel: absent } }), running, 'open'],
    ['open what was not asked yet', makeService(), running, 'open'],
    [
      'open what the tunnel reaches',
      makeService({ tunnel: open, health: { public: down, tunnel: up } }),
      running,
      'open',
    ],
    [
      'open the tunnel where the public route is down',
      makeService({ health: { public: down, tunnel: absent } }),
      running,
      'openTunnel',
    ],
    [
      'open the tunnel of a port that is not mapped',
      makeService({ exposure: { kind: 'unmapped' }, health: { public: absent, tunnel: absent } }),
      running,
      'openTunnel',
    ],
    [
      'check again where both are down',
      makeService({ tunnel: open, health: { public: down, tunnel: down } }),
      running,
      'check',
    ],
    ['open the tunnel of a TCP service', makeService(tcp), running, 'openTunnel'],
    [
      'close the tunnel of a TCP service that has one',
      makeService({ ...tcp, tunnel: open }),
      running,
      'closeTunnel',
    ],
    ['start a workspace that is stopped', makeService(), stopped, 'start'],
    ['nothing for a task that ended', makeService(), { ...stopped, mode: 'TASK' }, 'none'],
    [
      'nothing while the container is on its way',
      makeService(),
      makeContainer({ status: { kind: 'pending', raw: 'QUEUED' } }),
      'none',
    ],
    ['nothing for TCP where there is no SSH', makeService(tcp), makeContainer({ ssh: undefined }), 'none'],
  ] as const)('is to %s', (_, service, container, wanted) => {
    expect(mainAction(service, container)).toBe(wanted);
  });
});
