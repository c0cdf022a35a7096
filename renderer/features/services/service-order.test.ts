import { describe, expect, it } from 'vitest';
import { makeContainer, makeService } from '../../testing/make.ts';
import { groupServices, inOrderOf, needsAttention, reuseGroups } from './service-order.ts';

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
    exposure: { kind: 'tcp' },
  }),
  'old:1': makeService({ id: 'old:1', containerId: 'old', port: 1, name: 'past' }),
};
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

  it('stay where they are while the list is held, and what is new comes after', () => {
    const one = makeService({ id: 'b:1', containerId: 'b', port: 1, name: 'new' });
    const { a: _gone, ...others } = containers;
    const now = groupServices(others, { ...services, 'b:1': one }, '');
    expect(said(now)).toEqual(['beta: new web llm', 'aged: past', 'aaa: ']);
    expect(said(inOrderOf(marked, now))).toEqual(['beta: llm web new', 'aged: past', 'aaa: ']);
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
