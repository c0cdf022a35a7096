import { describe, expect, it } from 'vitest';
import { makeContainer, makeService } from '../../testing/make.ts';
import { holdGroups } from './hold-groups.ts';
import {
  groupServices as group,
  type ListFilter,
  mostGroups,
  mostRows,
  needsAttention,
  noFilter,
  reuseGroups,
} from './service-order.ts';

const containers = {
  b: makeContainer({ id: 'b', name: 'beta' }),
  a: makeContainer({ id: 'a', name: 'alpha' }),
  old: makeContainer({ id: 'old', name: 'aged', status: { kind: 'ended', how: 'cancelled' } }),
  bare: makeContainer({ id: 'bare', name: 'aaa' }),
};
const services = {
  'b:8080': makeService({ id: 'b:8080', containerId: 'b', port: 8080, name: 'llm', kindName: 'vLLM' }),
  'b:7860': makeService({ id: 'b:7860', containerId: 'b', name: 'web' }),
  'a:6379': makeService({
    id: 'a:6379',
    containerId: 'a',
    port: 6379,
    name: 'cache',
    protocol: 'tcp',
    exposure: { kind: 'tcp' },
  }),
  'old:1': makeService({ id: 'old:1', containerId: 'old', port: 1, name: 'past' }),
};
const groupServices = (
  ...[all, those, text, marked = []]: readonly [typeof containers | object, object, string, string[]?]
) =>
  group({
    containers: all as typeof containers,
    services: those as typeof services,
    filter: { ...noFilter, text },
    marked,
  }).groups;
const said = (groups: ReturnType<typeof groupServices>) =>
  groups.map(
    (group) => `${group.container.name}: ${group.services.map((service) => service.name).join(' ')}`,
  );
const names = (filter: string) => said(groupServices(containers, services, filter));

describe('the list of services', () => {
  it('has running containers first, those without services last, each by port', () => {
    expect(names('')).toEqual(['alpha: cache', 'beta: web llm', 'aged: past', 'aaa: ']);
  });

  it.each([
    ['VLLM', ['beta: llm']],
    [':7860', ['beta: web']],
    ['alpha', ['alpha: cache']],
    ['gear.example', ['beta: web llm', 'aged: past']],
    ['  past ', ['aged: past']],
    ['nothing like it', []],
  ])('finds by “%s”', (filter, wanted) => {
    expect(names(filter)).toEqual(wanted);
  });
});

describe('a change of one service', () => {
  it('makes one new group; the others are the same objects', () => {
    const before = groupServices(containers, services, '');
    const changed = { ...services, 'b:7860': makeService({ id: 'b:7860', containerId: 'b', name: 'site' }) };
    const after = reuseGroups(before, groupServices(containers, changed, ''));
    expect(after.map((group, index) => group === before[index])).toEqual([true, false, true, true]);
  });
});

describe('marked services', () => {
  const marked = groupServices(containers, services, '', ['b:8080']);

  it('come first in their container, and it among those that run', () => {
    expect(said(marked)).toEqual(['beta: llm web', 'alpha: cache', 'aged: past', 'aaa: ']);
  });
});

describe('the list under a hand', () => {
  const before = groupServices(containers, services, '', ['b:8080']);
  const one = makeService({ id: 'b:1', containerId: 'b', port: 1, name: 'new' });
  const two = makeService({ id: 'a:1', containerId: 'a', port: 1, name: 'early' });

  it('stays in its order; what is new in the container under it comes after the others', () => {
    const now = groupServices(containers, { ...services, 'b:1': one }, '');
    expect(said(now)).toEqual(['alpha: cache', 'beta: new web llm', 'aged: past', 'aaa: ']);
    expect(said(holdGroups(before, now, { containerId: 'b', serviceId: 'b:8080' }))).toEqual([
      'beta: llm web new',
      'alpha: cache',
      'aged: past',
      'aaa: ',
    ]);
  });

  it('lets what is new above it wait, and says how many', () => {
    const now = groupServices(containers, { ...services, 'b:1': one, 'a:1': two }, '');
    const held = holdGroups(before, now, { containerId: 'a', serviceId: 'a:6379' });
    expect(said(held)).toEqual(['beta: llm web', 'alpha: cache early', 'aged: past', 'aaa: ']);
    expect(held[0]?.waiting).toBe(1);
  });

  it('keeps the place of what is gone above it, and of that only', () => {
    const { 'b:8080': _llm, 'b:7860': _web, ...rest } = services;
    const now = groupServices(containers, rest, '');
    const above = holdGroups(before, now, { containerId: 'b', serviceId: 'b:7860' });
    expect(said(above)[0]).toBe('beta: llm');
    expect([...(above[0]?.gone ?? [])]).toEqual(['b:8080']);
    const { b: _b, ...others } = containers;
    const gone = holdGroups(before, groupServices(others, rest, ''), { containerId: 'a' });
    expect(said(gone)).toEqual(['beta: llm web', 'alpha: cache', 'aged: past', 'aaa: ']);
    expect(gone[0]?.gone?.size).toBe(2);
  });

  it('moves nothing that a hand rests on, whatever comes and goes', () => {
    let seed = 11;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    const rowOf = (
      groups: readonly { services: readonly { id: string }[]; container: { id: string } }[],
      id: string,
    ) =>
      groups
        .flatMap(({ container, services: all }) => [container.id, ...all.map((each) => each.id)])
        .indexOf(id);
    for (let round = 0; round < 200; round += 1) {
      const make = () =>
        Object.fromEntries(
          Array.from({ length: random(30) }, () => {
            const containerId = ['a', 'b', 'old', 'bare'][random(4)] ?? 'a';
            const port = 1 + random(12);
            const id = `${containerId}:${port}`;
            return [id, makeService({ id, containerId, port, name: id })];
          }),
        );
      const first = groupServices(containers, make(), '');
      const all = first.flatMap((each) => each.services);
      const under = all[random(Math.max(1, all.length))];
      if (under === undefined) continue;
      const next = groupServices(containers, { ...make(), [under.id]: under }, '');
      const held = holdGroups(first, next, { containerId: under.containerId, serviceId: under.id });
      expect(rowOf(held, under.id)).toBe(rowOf(first, under.id));
    }
  });
});

describe('a list of more than anybody reads', () => {
  it('shows as many as anybody looks through, and says how many more there are', () => {
    const many = Object.fromEntries(
      Array.from({ length: 14_000 }, (_, at) => [
        `a:${at + 1}`,
        makeService({ id: `a:${at + 1}`, containerId: 'a', port: at + 1, name: `p${at}` }),
      ]),
    );
    const { groups } = group({ containers, services: many });
    expect(groups[0]?.services).toHaveLength(mostRows);
    expect(groups[0]?.more).toBe(14_000 - mostRows);
  });

  it('takes a hundred thousand containers in its stride', () => {
    const crowd = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, at) => [`c${at}`, makeContainer({ id: `c${at}`, name: `n${at}` })]),
    );
    const began = performance.now();
    const { groups, moreContainers } = group({ containers: crowd, services: {} });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect([groups.length, moreContainers]).toEqual([mostGroups, 100_000 - mostGroups]);
  });

  it('folds away what no person means, and finds it when it is looked for', () => {
    const sshd = makeService({
      id: 'a:2222',
      containerId: 'a',
      port: 2222,
      name: 'alpha-2222',
      exposure: { kind: 'unmapped' },
      listens: { bind: 'any', process: 'sshd' },
    });
    const all = { ...services, 'a:2222': sshd };
    const [first] = group({ containers, services: all }).groups;
    expect([first?.services.length, first?.others.map(({ port }) => port)]).toEqual([1, [2222]]);
    expect(said(groupServices(containers, all, 'sshd'))).toEqual(['alpha: alpha-2222']);
  });
});

describe('a filter', () => {
  const failed = makeService({
    id: 'a:1',
    containerId: 'a',
    port: 1,
    name: 'broken',
    findings: [{ code: 'bound_to_loopback', sure: 'certain' }],
  });
  const model = makeService({ ...services['b:8080'], kind: { kind: 'vllm', name: 'vLLM' } });
  const all = { ...services, 'a:1': failed, 'b:8080': model };
  it.each<readonly [Partial<ListFilter>, readonly string[]]>([
    [{ state: 'attention' }, ['alpha: broken']],
    [{ state: 'open' }, []],
    [{ state: 'marked' }, ['beta: web']],
    [{ kind: 'tcp' }, ['alpha: cache']],
    [{ kind: 'model' }, ['beta: llm']],
    [{ kind: 'web' }, ['beta: web', 'alpha: broken', 'aged: past']],
    [{ kind: 'web', text: 'alpha' }, ['alpha: broken']],
  ])('of %j', (part, wanted) => {
    expect(
      said(group({ containers, services: all, filter: { ...noFilter, ...part }, marked: ['b:7860'] }).groups),
    ).toEqual(wanted);
  });
});

describe('a service', () => {
  it('needs a look when something is wrong with it, not when something is merely so', () => {
    expect(needsAttention(makeService({ findings: [{ code: 'bound_to_loopback', sure: 'certain' }] }))).toBe(
      true,
    );
    expect(needsAttention(makeService({ findings: [{ code: 'tunnel_only', sure: 'certain' }] }))).toBe(false);
    expect(
      needsAttention(
        makeService({ tunnel: { state: { kind: 'failed', error: { code: 'ssh_login_refused' } } } }),
      ),
    ).toBe(true);
  });
});
