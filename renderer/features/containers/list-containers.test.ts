import { describe, expect, it } from 'vitest';
import { makeContainer } from '../../testing/make.ts';
import { countServices, listContainers } from './list-containers.ts';

const containers = [
  makeContainer({ id: 'c', name: 'old', status: { kind: 'ended', how: 'cancelled' } }),
  makeContainer({ id: 'b', name: 'train', mode: 'TASK', status: { kind: 'pending', raw: 'QUEUED' } }),
  makeContainer({ id: 'a', name: 'lab', resource: 'RTX-4090' }),
];
const names = (filter: string, only: 'all' | 'running' | 'ended' = 'all') =>
  listContainers(containers, filter, only).map(({ name }) => name);

describe('the list of containers', () => {
  it.each([
    ['', 'all', ['lab', 'train', 'old']],
    ['', 'running', ['lab', 'train']],
    ['', 'ended', ['old']],
    ['rtx', 'all', ['lab']],
    ['task', 'all', ['train']],
    ['rtx', 'ended', []],
  ] as const)('for “%s” and %s', (filter, only, wanted) => {
    expect(names(filter, only)).toEqual(wanted);
  });
});

it('counts the services of each container', () => {
  const counts = countServices(['a', 'b', 'a'].map((containerId) => ({ containerId })));
  expect([counts.get('a'), counts.get('b'), counts.get('c')]).toEqual([2, 1, undefined]);
});
