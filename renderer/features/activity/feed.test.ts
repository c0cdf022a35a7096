import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../shared/model/activity.ts';
import { createFeed } from './feed.ts';

const event = (id: number): ActivityEvent => ({ id, code: 'service_up', at: 0, lastAt: 0, times: 1 });
const events = (...ids: readonly number[]) => ids.map(event);

/** A feed whose answers the test gives by hand, in any order. */
function setup() {
  const asked: {
    readonly input: unknown;
    answer(list: readonly ActivityEvent[] | undefined): Promise<void>;
  }[] = [];
  const feed = createFeed(
    (input) =>
      new Promise((resolve) =>
        asked.push({
          input,
          async answer(list) {
            resolve(list);
            await Promise.resolve();
            await Promise.resolve();
          },
        }),
      ),
  );
  const shown = () => feed.getState().events?.map(({ id }) => id);
  return { feed, asked, shown };
}

const free = { levels: undefined, held: false };
const held = { levels: undefined, held: true };

describe('the list of what happened', () => {
  it('is there although it was held before its first answer came', async () => {
    const { feed, asked, shown } = setup();
    feed.look({ changed: 1, ...free });
    feed.look({ changed: 1, ...held });
    await asked[0]?.answer(events(1));
    expect(shown()).toEqual([1]);
  });

  it('shows what was asked for last, although it is held when the answer comes', async () => {
    const { feed, asked, shown } = setup();
    feed.look({ changed: 1, ...free });
    await asked[0]?.answer(events(1));
    feed.look({ changed: 2, ...free });
    feed.look({ changed: 2, ...held });
    feed.look({ changed: 3, ...held });
    await asked[1]?.answer(events(2, 1));
    expect(shown()).toEqual([2, 1]);
    expect(asked).toHaveLength(2);
    feed.look({ changed: 3, ...free });
    await asked[2]?.answer(events(3, 2, 1));
    expect(shown()).toEqual([3, 2, 1]);
  });

  it('never goes back to an older answer that comes late', async () => {
    const { feed, asked, shown } = setup();
    feed.look({ changed: 1, ...free });
    feed.look({ changed: 2, ...free });
    await asked[1]?.answer(events(2, 1));
    await asked[0]?.answer(events(1));
    expect(shown()).toEqual([2, 1]);
  });

  it('takes other levels even while it is held, and nothing of the ones before', async () => {
    const { feed, asked, shown } = setup();
    const problems = ['bad'] as const;
    feed.look({ changed: 1, ...free });
    feed.look({ changed: 1, levels: problems, held: true });
    await asked[1]?.answer(events(7));
    await asked[0]?.answer(events(9, 8, 7));
    expect(shown()).toEqual([7]);
    expect(asked[1]?.input).toMatchObject({ levels: ['bad'] });
  });

  it('stays as it is where there is no answer', async () => {
    const { feed, asked, shown } = setup();
    feed.look({ changed: 1, ...free });
    await asked[0]?.answer(events(1));
    feed.look({ changed: 2, ...free });
    await asked[1]?.answer(undefined);
    expect(shown()).toEqual([1]);
  });
});
