import { describe, expect, it } from 'vitest';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import { knownInstances } from '../../../shared/model/instance.ts';
import { testContainer as container } from '../../../shared/model/test-container.ts';
import { ok } from '../../../shared/result.ts';
import { findAddress } from './find-address.ts';
import { createMappings } from './mappings.ts';

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

  it('puts back what was removed, other changes kept, and a discarded list unless another waits', async () => {
    const { mappings, pending } = setup(
      container('a', { mappings: [{ port: 80 }, { name: 'b', port: 81 }, { port: 82 }] }),
    );
    const first = mappings.remove({ containerId: 'a', port: 81 });
    const second = mappings.remove({ containerId: 'a', port: 82 });
    expect(first.ok && (await first.value()).ok).toBe(true);
    expect(pending.get('a')).toEqual([{ port: 80 }, { name: 'b', port: 81 }]);
    expect(second.ok && (await second.value()).ok).toBe(true);
    expect(pending.get('a')).toHaveLength(3);
    mappings.remove({ containerId: 'a', port: 80 });
    const discarded = mappings.discard({ containerId: 'a' });
    if (!discarded.ok) throw new Error(discarded.error.code);
    expect((await discarded.value()).ok).toBe(true);
    expect(pending.get('a')).toHaveLength(2);
    expect(await discarded.value()).toMatchObject({ error: { code: 'undo_gone' } });
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

describe('a mapping that is there', () => {
  const web = { name: 'web', port: 80 };

  it('gets another name, another port or none, under the same rules', () => {
    const { mappings, pending } = setup(
      container('a', { mappings: [web, { port: 81 }] }),
      container('b', { mappings: [{ name: 'held', port: 80 }] }),
    );
    const change = (name: string, port: string, oldPort = 80) =>
      mappings.change({ containerId: 'a', name, port, oldPort });
    expect(change('Web', '80')).toEqual({ ok: true, value: null });
    expect(change('site', '8080').ok).toBe(true);
    expect(pending.get('a')).toEqual([{ name: 'site', port: 8080 }, { port: 81 }]);
    expect(change('', '8080', 8080).ok).toBe(true);
    expect(pending.get('a')).toEqual([{ port: 8080 }, { port: 81 }]);
    expect(change('held', '8080', 8080)).toMatchObject({ error: { code: 'name_taken', field: 'name' } });
    expect(change('', '81', 8080)).toMatchObject({ error: { code: 'port_mapped_already' } });
    expect(change('', '82', 4000)).toMatchObject({
      error: { code: 'mapping_not_found', params: { port: 4000 } },
    });
  });

  it('is copied to another container under a free name', () => {
    const { mappings, pending } = setup(container('a', { mappings: [web] }), container('b'));
    expect(mappings.copy({ containerId: 'a', port: 80, to: 'b' })).toEqual({
      ok: true,
      value: { name: 'web-2', port: 80 },
    });
    expect(pending.has('a')).toBe(false);
    expect(pending.get('b')).toEqual([{ name: 'web-2', port: 80 }]);
    expect(mappings.copy({ containerId: 'a', port: 80, to: 'b' })).toMatchObject({
      error: { code: 'port_mapped_already' },
    });
    expect(mappings.copy({ containerId: 'a', port: 80, to: 'nowhere' })).toMatchObject({
      error: { code: 'container_not_found' },
    });
  });

  it('moves under its own name, and waits in both', () => {
    const { mappings, pending } = setup(container('a', { mappings: [web] }), container('b'), container('c'));
    expect(mappings.move({ containerId: 'a', port: 80, to: 'b' })).toEqual({ ok: true, value: web });
    expect(pending.get('a')).toEqual([]);
    expect(pending.get('b')).toEqual([web]);
    // Until its old container starts again, the name is held there for everybody else.
    expect(mappings.add({ containerId: 'c', name: 'web', port: '80' })).toMatchObject({
      error: { code: 'name_taken' },
    });
  });
});

describe('a set of mappings', () => {
  it('adds what fits and says why the rest does not', () => {
    const full = [1, 2, 3].map((port) => ({ port: 8000 + port }));
    const { mappings, pending } = setup(
      container('a', { mappings: full }),
      container('b', { mappings: [{ name: 'gradio', port: 7860 }] }),
    );
    const wanted = [
      { name: 'gradio', port: 7860 },
      { name: 'board', port: 6006 },
      { name: 'api', port: 8080 },
      { name: 'late', port: 8081 },
    ];
    expect(mappings.apply({ containerId: 'a', mappings: wanted })).toMatchObject({
      value: {
        added: [
          { name: 'gradio-2', port: 7860 },
          { name: 'api', port: 8080 },
        ],
        skipped: [{ error: { code: 'port_reserved' } }, { error: { code: 'mapping_limit' } }],
      },
    });
    expect(pending.get('a')).toHaveLength(5);
  });
});

describe('mappings that the platform does not tell', () => {
  it('are noted by hand, forgotten again, and noted again when that is undone', async () => {
    const { mappings, noted } = setup(container('a', { mappings: 'unknown' }));
    expect(mappings.note({ containerId: 'a', name: 'App', port: '7860' }).ok).toBe(true);
    expect(noted.get('a')).toEqual([{ name: 'app', port: 7860 }]);
    expect(mappings.note({ containerId: 'a', name: '', port: '6006' })).toMatchObject({
      error: { code: 'port_reserved' },
    });
    const known = setup(container('a', { mappings: [{ port: 80 }], mappingsFrom: 'noted' }));
    const forgotten = known.mappings.forgetNote({ containerId: 'a', port: 80 });
    expect(known.noted.get('a')).toBeUndefined();
    expect(forgotten.ok && (await forgotten.value()).ok).toBe(true);
    expect(known.noted.get('a')).toEqual([{ port: 80 }]);
  });

  it('are not noted where the platform tells them', () => {
    const { mappings, noted } = setup(container('a', { mappings: [], mappingsFrom: 'platform' }));
    expect(mappings.note({ containerId: 'a', name: 'app', port: '7860' })).toMatchObject({
      error: { code: 'mappings_readable' },
    });
    expect(noted.size).toBe(0);
  });
});

describe('a pasted address', () => {
  const account = {
    id: 'x',
    user: 'openbayes',
    instance: knownInstances.openbayes,
  };
  const job = container('84xr8451agrz', {
    mappings: [{ name: 'gradio', port: 7861 }],
    addresses: [{ port: 7861, url: 'https://true.example/app' }],
  });

  it.each([
    ['https://openbayes-gradio.gear-c1.openbayes.net/x?y=1', { form: 'named', port: 7861, mapped: true }],
    ['openbayes-84xr8451agrz-7860.gear-c1.openbayes.net', { form: 'unnamed', port: 7860, mapped: false }],
    [
      'https://openbayes-84xr8451agrz.gear-c1.openbayes.net/v1',
      { form: 'legacy', port: 8080, mapped: false },
    ],
    ['https://true.example/app', { form: 'named', port: 7861, mapped: true }],
  ])('%s is recognised', (address, expected) => {
    expect(findAddress(address, account, [job])).toEqual({
      ok: true,
      value: { containerId: '84xr8451agrz', ...expected },
    });
  });

  it.each(['https://somebody-else.gear-c1.openbayes.net', 'hello', ''])('%j is of nobody here', (address) => {
    expect(findAddress(address, account, [job])).toMatchObject({ error: { code: 'address_unknown' } });
  });

  it('of an organisation begins with its name', () => {
    const inOrg = { ...account, party: { id: 'open-lab', name: 'Open Lab' } };
    expect(findAddress('open-lab-gradio.gear-c1.openbayes.net', inOrg, [job]).ok).toBe(true);
    expect(findAddress('openbayes-gradio.gear-c1.openbayes.net', inOrg, [job]).ok).toBe(false);
  });
});
