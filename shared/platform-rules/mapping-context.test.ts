import { describe, expect, it } from 'vitest';
import { testContainer as container } from '../model/test-container.ts';
import { checkMappings, inList, mappingContext, mappingsOfNextRun } from './mapping-context.ts';
import { checkMapping } from './mapping-rules.ts';

const ended = { kind: 'ended', how: 'cancelled' } as const;
const account = { owner: 'demo' };

describe('what a mapping must agree with', () => {
  it('is the next run of its container: the draft, where one waits', () => {
    const waiting = container('a', { mappings: [{ port: 80 }], pendingMappings: [{ port: 81 }] });
    expect(mappingsOfNextRun(waiting)).toEqual([{ port: 81 }]);
    expect(mappingContext([waiting], account, { containerId: 'a' }).existing).toEqual([{ port: 81 }]);
    expect(mappingsOfNextRun(container('a', { mappings: 'unknown' }))).toEqual([]);
  });

  it('is every other container, stopped ones too, with what they have and what waits for them', () => {
    const list = [
      container('a'),
      container('b', { status: ended, mappings: [{ name: 'web', port: 80 }] }),
      container('c', { pendingMappings: [{ name: 'soon', port: 80 }] }),
      container('d', { mappings: 'unknown' }),
    ];
    const context = mappingContext(list, account, { containerId: 'a' });
    const holder = (name: string) => {
      const result = checkMapping({ name, port: '90' }, context);
      return result.ok ? undefined : result.error[0]?.params;
    };
    expect(holder('web')).toEqual({ name: 'web', container: 'lab-b', stopped: 1 });
    expect(holder('SOON')).toEqual({ name: 'soon', container: 'lab-c', stopped: 0 });
    expect(holder('free')).toBeUndefined();
  });

  it('is all of them for a container that does not exist yet', () => {
    const list = [container('a', { mappings: [{ name: 'web', port: 80 }] })];
    const checked = checkMappings([{ name: 'web', port: '80' }], mappingContext(list, account, {}));
    expect(checked.ok ? undefined : inList(checked.error)).toMatchObject({
      code: 'name_taken',
      field: 'mappings.0.name',
    });
  });

  it('is closed for an account that is certainly not verified, and only then', () => {
    const codes = (['verified', 'unknown', 'unverified'] as const).map((realName) => {
      const context = mappingContext([container('a')], { ...account, realName }, { containerId: 'a' });
      const result = checkMapping({ name: 'web', port: '80' }, context);
      return result.ok ? 'fine' : result.error[0]?.code;
    });
    expect(codes).toEqual(['fine', 'fine', 'real_name_required']);
  });
});

describe('a list of mappings', () => {
  it('is checked each against those before it, five at most', () => {
    const drafts = [1, 2, 3, 4, 5, 6].map((port) => ({ name: '', port: String(8000 + port) }));
    const context = mappingContext([], account, {});
    expect(checkMappings(drafts.slice(0, 5), context)).toMatchObject({ ok: true });
    const six = checkMappings(drafts, context);
    expect(six.ok ? undefined : [six.error.index, six.error.violations[0]?.code]).toEqual([
      5,
      'mapping_limit',
    ]);
  });
});
