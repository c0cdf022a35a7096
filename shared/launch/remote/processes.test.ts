import { describe, expect, it } from 'vitest';
import type { LaunchMeta } from '../../model/launch.ts';
import { type FoundLaunch, membersOf, type ProcessLine, stateOf } from './processes.ts';

const line = (pid: number, part: Partial<ProcessLine> = {}): ProcessLine => ({
  pid,
  parent: 1,
  session: 1,
  begun: `b${pid}`,
  isOver: false,
  ...part,
});
const table = (...lines: readonly ProcessLine[]) => new Map(lines.map((one) => [one.pid, one]));

const meta = {} as LaunchMeta;
const found = (part: Partial<FoundLaunch> = {}): FoundLaunch => ({
  launchId: 'l',
  meta,
  logBytes: 0,
  lastLines: ['last'],
  errorLines: [],
  run: { token: 't', pid: 10, begun: 'b10', session: 10, since: 100 },
  marked: [],
  writing: [],
  ...part,
});
const pids = (launch: FoundLaunch, ...lines: readonly ProcessLine[]) => {
  const { runner, members } = membersOf(launch, table(...lines));
  return [runner?.pid, ...members.map(({ pid }) => pid)];
};

describe('the processes of a started service', () => {
  const runner = line(10, { session: 10 });
  it.each<readonly [string, FoundLaunch, readonly ProcessLine[], readonly (number | undefined)[]]>([
    ['those that carry its token', found({ marked: [20] }), [runner, line(20)], [10, 20]],
    ['those that write to its log', found({ writing: [20] }), [runner, line(20)], [10, 20]],
    ['those of its session', found(), [runner, line(20, { session: 10 })], [10, 20]],
    [
      'what they started, and what that started',
      found({ marked: [20] }),
      [runner, line(22, { parent: 21 }), line(21, { parent: 20 }), line(20)],
      [10, 20, 21, 22],
    ],
    ['those that outlived their runner', found({ marked: [20] }), [line(20)], [undefined, 20]],
    ['none that is over', found({ marked: [20] }), [runner, line(20, { isOver: true })], [10]],
    ['none that is gone', found({ marked: [20] }), [runner], [10]],
    ['none of a stranger', found(), [runner, line(20)], [10]],
  ])('are %s', (_which, launch, lines, expected) => {
    expect(pids(launch, ...lines)).toEqual(expected);
  });

  it('are none of a program that was given the number of its runner, nor of that one’s session', () => {
    const stranger = line(10, { begun: 'later', session: 10 });
    expect(pids(found(), stranger, line(20, { parent: 10 }), line(21, { session: 10 }))).toEqual([undefined]);
  });

  it('are not everything in the container, where the runner has the session of its first process', () => {
    const launch = found({ run: { token: 't', pid: 10, begun: 'b10', session: 1, since: 0 } });
    expect(pids(launch, line(10), line(30), line(31))).toEqual([10]);
    // Whatever lost its parent belongs to the first process, which may carry the token itself.
    expect(pids(found({ marked: [1] }), line(1, { parent: 0 }), line(30, { parent: 1 }))).toEqual([
      undefined,
      1,
    ]);
  });
});

describe('the state of a started service', () => {
  it('is running with its processes, as long as there is one', () => {
    expect(stateOf(found({ marked: [20] }), table(line(20)), 5)).toEqual({
      kind: 'running',
      since: 105_000,
      pids: [20],
    });
  });

  it.each<readonly [string, Partial<FoundLaunch>, object]>([
    ['stopped from here', { stoppedAt: 7, exit: { code: 143, at: 6 } }, { kind: 'stopped', at: 12_000 }],
    [
      'ended by itself',
      { exit: { code: 3, at: 6 } },
      { kind: 'ended', code: 3, at: 11_000, lastLines: ['last'] },
    ],
    ['gone without a word', {}, { kind: 'gone', lastLines: ['last'] }],
  ])('is %s', (_how, part, state) => {
    expect(stateOf(found(part), table(line(99)), 5)).toEqual(state);
  });
});
