import { describe, expect, it } from 'vitest';
import type { Mapping } from '../../../shared/model/container.ts';
import type { PlatformContainer } from '../platform/index.ts';
import { createKnownContainers } from './known-containers.ts';

const container = (id: string, part: Partial<PlatformContainer> = {}): PlatformContainer => ({
  id,
  name: id,
  projectId: 'p',
  mode: 'WORKSPACE',
  status: { kind: 'running' },
  runId: `${id}@1`,
  mappings: [{ port: 80 }],
  ...part,
});
const ended = { kind: 'ended', how: 'cancelled' } as const;

function setup() {
  const memory = new Map<string, readonly Mapping[]>();
  const notes = new Map<string, readonly Mapping[]>();
  const pending = {
    read: (id: string) => memory.get(id),
    write: (id: string, mappings: readonly Mapping[] | undefined) => {
      if (mappings === undefined) memory.delete(id);
      else memory.set(id, mappings);
    },
  };
  const known = createKnownContainers(pending, { read: (id) => notes.get(id) });
  const ids = () => known.list().map(({ id }) => id);
  return { known, memory, notes, ids };
}

describe('what is known of the containers', () => {
  it('does not go back to a list that was asked for before a single container was read', () => {
    const { known, ids } = setup();
    const old = known.stamp();
    known.put(container('a', { status: ended }));
    known.put(container('new'));
    known.putAll([container('a'), container('b')], old);
    expect(known.get('a')?.status).toEqual(ended);
    expect(ids()).toEqual(['a', 'b', 'new']);
    known.putAll([container('a'), container('b')], known.stamp());
    expect(known.get('a')?.status.kind).toBe('running');
    expect(ids()).toEqual(['a', 'b']);
  });

  it('keeps a container in sight while an action on it is under way', () => {
    const { known, ids } = setup();
    known.put(container('a'));
    known.own('a', { busy: 'restarting' });
    known.putAll([], known.stamp());
    expect(ids()).toEqual(['a']);
    known.own('a', { busy: undefined });
    known.putAll([], known.stamp());
    expect(ids()).toEqual([]);
  });

  it('lets a draft go that the platform has in effect, whatever the order', () => {
    const { known, memory } = setup();
    memory.set('a', [{ port: 81 }, { name: 'web', port: 80 }]);
    known.put(container('a', { mappings: 'unknown' }));
    known.put(container('a'));
    expect(known.get('a')?.pendingMappings).toHaveLength(2);
    known.put(container('a', { mappings: [{ name: 'web', port: 80 }, { port: 81 }] }));
    expect(known.get('a')?.pendingMappings).toBeUndefined();
    expect(memory.size).toBe(0);
  });
});
