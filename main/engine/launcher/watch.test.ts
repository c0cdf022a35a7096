import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Launch } from '../../../shared/model/launch.ts';
import { createHandClock } from '../../testing/index.ts';
import { createLaunchWatch } from './watch.ts';

const launch = (part: Partial<Launch> = {}): Launch => ({
  id: 'c:1',
  containerId: 'c',
  launchId: '1',
  recipe: 'command',
  name: 'web',
  preview: 'python app.py',
  values: {},
  createdAt: 0,
  logBytes: 0,
  port: 7860,
  state: { kind: 'running', since: 0, pids: [1], listens: true },
  ...part,
});

/** A watch over container `c`, and a clock that is moved by hand. */
function setup(options: { readonly launches?: readonly Launch[]; readonly linked?: boolean } = {}) {
  const clock = createHandClock();
  const asked: string[] = [];
  let held: Promise<unknown> = Promise.resolve();
  const note = (what: string) => async () => {
    asked.push(`${what} ${clock.now() / 1_000}`);
    await held;
  };
  const watch = createLaunchWatch({
    clock,
    isLinked: () => options.linked ?? true,
    launches: () => options.launches ?? [launch()],
    refresh: note('refresh'),
    look: note('look'),
  });
  watch.follow(['c']);
  return {
    watch,
    timers: clock.waiting,
    hold(until: Promise<unknown>) {
      held = until;
    },
    /** What was asked meanwhile, with the second. */
    async pass(seconds: number): Promise<readonly string[]> {
      asked.length = 0;
      for (let second = 0; second < seconds; second += 1) {
        clock.pass(1_000);
        await turn();
      }
      return [...asked];
    },
  };
}

describe('the watch over what was started', () => {
  it('asks every ten seconds what runs, and every third time what listens', async () => {
    const { pass } = setup();
    expect(await pass(31)).toEqual(['refresh 11', 'refresh 21', 'look 31', 'refresh 31']);
  });

  it('asks every two seconds for half a minute after a start', async () => {
    const { watch, pass } = setup({
      launches: [launch({ state: { kind: 'running', since: 0, pids: [1] } })],
    });
    await pass(1);
    watch.hurry('c');
    expect(await pass(4)).toEqual(['look 3', 'refresh 3', 'look 5', 'refresh 5']);
    await pass(26);
    expect(await pass(10)).toEqual(['look 39', 'refresh 39']);
  });

  it('looks each time while something is awaited', async () => {
    const { pass } = setup({ launches: [launch({ state: { kind: 'running', since: 0, pids: [1] } })] });
    expect(await pass(21)).toEqual(['look 11', 'refresh 11', 'look 21', 'refresh 21']);
  });

  it('asks only what listens where nothing was started', async () => {
    const { pass } = setup({ launches: [] });
    expect(await pass(61)).toEqual(['look 31', 'look 61']);
  });

  it('asks six times more seldom while the window is hidden', async () => {
    const { watch, pass } = setup();
    watch.setHidden(true);
    expect(await pass(121)).toEqual(['refresh 61', 'refresh 121']);
  });

  it('opens no connection', async () => {
    const { pass } = setup({ linked: false });
    expect(await pass(60)).toEqual([]);
  });

  it('asks a container nothing new before it has answered', async () => {
    const { pass, hold } = setup();
    let answer = () => {};
    hold(
      new Promise<void>((resolve) => {
        answer = resolve;
      }),
    );
    expect(await pass(60)).toEqual(['refresh 11']);
    answer();
    await turn();
    expect(await pass(2)).toEqual(['refresh 61']);
  });

  it('leaves no timer behind', async () => {
    const { watch, pass, timers } = setup();
    await pass(3);
    watch.stop();
    expect(timers()).toBe(0);
  });
});
