import { describe, expect, it } from 'vitest';
import { readDocument } from '../files/index.ts';
import { activityFormat } from './format.ts';

const good = { id: 3, at: 1, lastAt: 1, times: 1, code: 'service_up' };

describe('the kept list of what happened', () => {
  it('leaves out lines that it does not know, and keeps the others', () => {
    const events = [good, { ...good, code: 'from_the_future' }, 'x', null, { ...good, times: 'many' }];
    expect(readDocument({ version: 1, content: { events } }, activityFormat)).toEqual({
      kind: 'read',
      value: { events: [good] },
    });
  });

  it.each([
    [undefined, 'read'],
    [{ version: 1, content: { events: 'none' } }, 'damaged'],
    [7, 'damaged'],
  ])('is empty when there is %j', (found, kind) => {
    expect(readDocument(found, activityFormat)).toMatchObject({ kind, value: { events: [] } });
  });
});
