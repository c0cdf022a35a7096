import { describe, expect, it } from 'vitest';
import type { Container } from '../../../shared/model/container.ts';
import type { Protocol, Service } from '../../../shared/model/service.ts';
import { testAccount } from '../../../shared/model/test-account.ts';
import { testContainer } from '../../../shared/model/test-container.ts';
import { viewService } from './view.ts';

const view = (
  container: Partial<Container>,
  part: Partial<Parameters<typeof viewService>[0]> & { readonly port?: number } = {},
): Service => {
  const { port = 8000, ...rest } = part;
  return viewService({
    entry: { id: `c:${port}`, containerId: 'c', port, name: 'web', byHand: false },
    container: testContainer('c', container),
    account: testAccount,
    protocol: 'http',
    tunnel: { state: { kind: 'closed' } },
    health: { public: { state: 'absent' }, tunnel: { state: 'absent' } },
    choice: 'auto',
    now: 0,
    ...rest,
  });
};

const web = { name: 'web', port: 8000 };
const other = { name: 'other', port: 9000 };

describe('where a service is exposed', () => {
  it.each<readonly [string, Partial<Container>, number, Protocol, Service['exposure']['kind']]>([
    ['a mapping in effect of a container that runs', { mappings: [web] }, 8000, 'http', 'mapped'],
    [
      'the same of one that has ended',
      { mappings: [web], status: { kind: 'ended', how: 'succeeded' } },
      8000,
      'http',
      'waiting',
    ],
    [
      'and of one that waits to run',
      { mappings: [web], status: { kind: 'pending', raw: 'QUEUED' } },
      8000,
      'http',
      'waiting',
    ],
    ['a mapping of the next start', { pendingMappings: [web] }, 8000, 'http', 'pending'],
    [
      'one in effect before one that is pending',
      { mappings: [web], pendingMappings: [] },
      8000,
      'http',
      'mapped',
    ],
    ['another port', { mappings: [other] }, 8000, 'http', 'unmapped'],
    ['mappings that are not told', { mappings: 'unknown' }, 8000, 'http', 'unmapped'],
    ['a port of the platform', {}, 22, 'tcp', 'reserved'],
    ['what speaks no HTTP', {}, 6379, 'tcp', 'tcp'],
    ['what may speak anything', {}, 8000, 'unknown', 'unmapped'],
  ])('%s', (_what, container, port, protocol, kind) => {
    expect(view(container, { port, protocol }).exposure.kind).toBe(kind);
  });

  it('names its mapping and its address', () => {
    const service = view({ mappings: [web] });
    expect(service.mappingName).toBe('web');
    expect(service.exposure).toMatchObject({ url: 'http://demo-web.gear.localhost' });
  });
});

describe('the local address of a service', () => {
  const local = { url: 'http://web.localhost:7700', route: 'public', reason: { kind: 'chosen' } } as never;

  it.each<readonly [Protocol, boolean]>([
    ['http', true],
    ['unknown', true],
    ['tcp', false],
  ])('there is one for %s: %s', (protocol, isThere) => {
    expect(view({}, { protocol, local }).local !== undefined).toBe(isThere);
  });

  it('there is none while the proxy does not listen', () => {
    expect(view({}, { local: undefined }).local).toBeUndefined();
  });

  it('carries the choice of the person', () => {
    expect(view({}, { local, choice: 'tunnel' }).local?.choice).toBe('tunnel');
  });
});

describe('what is seen in the container', () => {
  it.each([
    ['nothing was looked at', {}, false],
    ['nothing listens', { isLookedAt: true }, true],
    ['it listens', { isLookedAt: true, listens: { port: 8000, bind: 'any' as const } }, false],
  ])('%s: silence is a finding: %s', (_what, part, isSilent) => {
    const { findings, listens } = view(
      { mappings: [web] },
      {
        ...part,
        health: {
          public: {
            state: 'down',
            facts: { at: 0, steps: [], totalMs: 1, status: 502 },
            downSince: 0,
            error: { code: 'public_bad_gateway' },
          } as never,
          tunnel: { state: 'absent' },
        },
      },
    );
    expect(findings.some(({ code }) => code === 'nothing_listens')).toBe(isSilent);
    expect(listens?.bind).toBe('listens' in part ? 'any' : undefined);
  });
});
