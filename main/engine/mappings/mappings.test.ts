import { describe, expect, it } from 'vitest';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import { ok } from '../../../shared/result.ts';
import { createMappings } from './mappings.ts';

const container = (id: string, part: Partial<Container> = {}): Container => ({
  id,
  name: `lab-${id}`,
  projectId: 'p',
  mode: 'WORKSPACE',
  status: { kind: 'running' },
  runId: `${id}@1`,
  mappings: [],
  look: { kind: 'never' },
  ...part,
});

function setup(...list: Container[]) {
  const pending = new Map<string, readonly Mapping[] | undefined>();
  const noted = new Map<string, readonly Mapping[] | undefined>();
  const view = (found: Container): Container =>
    pending.has(found.id) ? { ...found, pendingMappings: pending.get(found.id) } : found;
  const mappings = createMappings({
    facts: () => ({ owner: 'demo' }),
    containers: {
      list: () => list.map(view),
      get: (id) => list.filter((found) => found.id === id).map(view)[0],
      setPending: (id, next) => pending.set(id, next),
      setNoted(id, next) {
        noted.set(id, next);
        return ok(null);
      },
    },
  });
  return { mappings, pending, noted };
}

describe('a change of mappings', () => {
  it('adds to what the next run has, on a running and on a stopped container', () => {
    const ended = { kind: 'ended', how: 'cancelled' } as const;
    const { mappings, pending } = setup(
      container('a', { mappings: [{ port: 80 }] }),
      container('b', { status: ended }),
    );
    expect(mappings.add({ containerId: 'a', name: ' Api ', port: ' 8000' }).ok).toBe(true);
    expect(mappings.add({ containerId: 'a', name: '', port: '9000' }).ok).toBe(true);
    expect(mappings.add({ containerId: 'b', name: '', port: '80' }).ok).toBe(true);
    expect(pending.get('a')).toEqual([{ port: 80 }, { name: 'api', port: 8000 }, { port: 9000 }]);
    expect(pending.get('b')).toEqual([{ port: 80 }]);
  });

  it('starts from nothing where the platform does not tell what is mapped', () => {
    const { mappings, pending } = setup(container('a', { mappings: 'unknown' }));
    mappings.add({ containerId: 'a', name: '', port: '80' });
    expect(pending.get('a')).toEqual([{ port: 80 }]);
  });

  it('removes and discards', () => {
    const { mappings, pending } = setup(container('a', { mappings: [{ port: 80 }, { port: 81 }] }));
    expect(mappings.remove({ containerId: 'a', port: 80 }).ok).toBe(true);
    expect(pending.get('a')).toEqual([{ port: 81 }]);
    mappings.remove({ containerId: 'a', port: 5000 });
    expect(pending.get('a')).toEqual([{ port: 81 }]);
    expect(mappings.discard({ containerId: 'a' }).ok).toBe(true);
    expect(pending.get('a')).toBeUndefined();
  });

  it('gives the first violation with its field', () => {
    const { mappings, pending } = setup(container('a'));
    expect(mappings.add({ containerId: 'a', name: 'a b', port: '22' })).toEqual({
      ok: false,
      error: { code: 'port_reserved', field: 'port', params: { port: 22 } },
    });
    expect(pending.size).toBe(0);
  });

  it.each([
    ['in effect', { mappings: [{ name: 'web', port: 80 }] }],
    ['in effect until its restart', { mappings: [{ name: 'web', port: 80 }], pendingMappings: [] }],
    ['waiting for its start', { pendingMappings: [{ name: 'web', port: 80 }] }],
  ])('is told who holds the name, %s', (_case, part) => {
    const ended = { kind: 'ended', how: 'failed' } as const;
    const { mappings } = setup(container('a'), container('b', { status: ended, ...part }));
    expect(mappings.add({ containerId: 'a', name: 'WEB', port: '80' })).toMatchObject({
      error: {
        code: 'name_taken',
        field: 'name',
        params: { name: 'web', container: 'lab-b', stopped: 1 },
      },
    });
  });

  it('needs a container', () => {
    const { mappings } = setup();
    const error = { error: { code: 'container_not_found' } };
    expect(mappings.add({ containerId: 'x', name: '', port: '80' })).toMatchObject(error);
    expect(mappings.remove({ containerId: 'x', port: 80 })).toMatchObject(error);
    expect(mappings.discard({ containerId: 'x' })).toMatchObject(error);
  });
});
