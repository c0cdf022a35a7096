import { describe, expect, it } from 'vitest';
import type { Container } from '../../../shared/model/container.ts';
import { emptyMemory, type Memory } from '../../../shared/model/memory.ts';
import type { RouteHealth } from '../../../shared/model/service.ts';
import { testAccount } from '../../../shared/model/test-account.ts';
import { testContainer } from '../../../shared/model/test-container.ts';
import { createHandClock } from '../../testing/hand-clock.ts';
import { createMemory } from '../base/memory.ts';
import { type BoardSources, createBoard, type ReachableService } from './board.ts';

const absent: RouteHealth = { state: 'absent' };
const answered = (status?: number, greeting?: string): RouteHealth => ({
  state: 'up',
  facts: { at: 0, steps: [], totalMs: 1, status, greeting },
  verifiedAt: 0,
  recentMs: [],
});

function setup(
  part: Partial<BoardSources> = {},
  memory: Partial<Memory> = {},
  containers: readonly Container[] = [testContainer('c')],
) {
  const clock = createHandClock(1);
  const joined: (readonly ReachableService[])[] = [];
  const kept = createMemory({ ...emptyMemory(), ...memory }, () => {});
  const board = createBoard({
    clock,
    memory: kept,
    sources: {
      account: () => testAccount,
      edgeCa: () => undefined,
      containers: () => containers,
      listening: () => new Map([['c', [{ port: 8000, bind: 'any' as const }]]]),
      tunnel: () => undefined,
      health: () => ({ public: absent, tunnel: absent }),
      decision: () => undefined,
      localDetails: () => {
        throw new Error('not asked for');
      },
      localUrl: () => undefined,
      measured: () => undefined,
      kind: () => undefined,
      audit: () => undefined,
      gate: () => undefined,
      launches: () => [],
      ...part,
    },
    onJoined: (services) => joined.push(services),
  });
  return { board, clock, joined, memory: kept };
}

describe('the board', () => {
  it('joins once for a burst of news, a moment later', () => {
    const { board, clock, joined } = setup();
    for (let news = 0; news < 50; news += 1) board.dirty();
    expect(joined).toHaveLength(0);
    clock.pass(20);
    expect(joined).toHaveLength(1);
    expect(joined[0]?.map(({ service }) => service.id)).toEqual(['c:8000']);
    clock.pass(10_000);
    expect(joined).toHaveLength(1);
  });

  it('joins what nobody waits for with what comes until the next beat', () => {
    const { board, clock, joined } = setup();
    board.dirtyLater();
    board.dirtyLater();
    clock.pass(29_000);
    expect(joined).toHaveLength(0);
    clock.pass(2_000);
    expect(joined).toHaveLength(1);
  });

  it('news make what waits for the beat superfluous', () => {
    const { board, clock, joined } = setup();
    board.dirtyLater();
    board.dirty();
    clock.pass(20);
    clock.pass(60_000);
    expect(joined).toHaveLength(1);
  });

  it('after a join that took long it rests, by a clock that nobody sets', () => {
    const slow = { ticks: 0 };
    const { board, clock, joined } = setup({
      containers: () => {
        slow.ticks += 20;
        return [testContainer('c')];
      },
    });
    clock.ticks = () => clock.now() + slow.ticks;
    board.dirty();
    clock.pass(20);
    board.dirty();
    clock.pass(900);
    expect(joined).toHaveLength(1);
    clock.pass(200);
    expect(joined).toHaveLength(2);
  });

  it('is told of by its listener before anybody finds it', () => {
    const { board, clock } = setup();
    expect(board.get('c:8000')).toBeUndefined();
    expect(board.ofKnown('c:8000', () => 'found')).toMatchObject({ error: { code: 'service_not_found' } });
    board.dirty();
    clock.pass(20);
    expect(board.ofKnown('c:8000', ({ service }) => service.name)).toBe(board.get('c:8000')?.service.name);
    expect(board.list()).toHaveLength(1);
  });

  it('has nothing without an account, and nothing more when it is stopped', () => {
    const { board, clock, joined } = setup({ account: () => undefined });
    board.dirty();
    clock.pass(20);
    expect(joined).toEqual([[]]);
    board.dirty();
    board.dirtyLater();
    board.stop();
    clock.pass(60_000);
    expect(joined).toHaveLength(1);
  });

  it('keeps a name once given, whatever is listed later', () => {
    const { board, clock, memory } = setup();
    board.dirty();
    clock.pass(20);
    const [known] = memory.read().services;
    expect(known).toMatchObject({ containerId: 'c', port: 8000 });
    memory.update({ services: [{ containerId: 'c', port: 8000, name: 'mine', byHand: false }] });
    board.dirty();
    clock.pass(20);
    expect(board.get('c:8000')?.service.name).toBe('mine');
  });

  it.each([
    ['an answer of HTTP', answered(200), 'http'],
    ['a greeting', answered(undefined, 'SSH-2.0'), 'tcp'],
    ['silence at a usual port', absent, 'unknown'],
  ] as const)('by %s knows what is spoken, also while the route is down later', (_what, health, protocol) => {
    const now = { health: health as RouteHealth };
    const { board, clock } = setup({ health: () => ({ public: absent, tunnel: now.health }) });
    board.dirty();
    clock.pass(20);
    expect(board.get('c:8000')?.service.protocol).toBe(protocol);
    now.health = { state: 'unknown' };
    board.dirty();
    clock.pass(20);
    expect(board.get('c:8000')?.service.protocol).toBe(protocol);
  });

  it.each([
    ['connecting', false],
    ['verifying', true],
    ['connected', true],
    ['unanswered', true],
    ['reconnecting', false],
    ['failed', false],
    ['closed', false],
  ] as const)('a tunnel that is %s is a way to it: %s', (kind, isUsable) => {
    const local = { host: '127.0.0.1', port: 5000 };
    const error = { code: 'ssh_lost' } as const;
    const state = { kind, since: 0, error, attempt: 1, nextAt: 0 } as const;
    const { board, clock } = setup({ tunnel: () => ({ state, local }) });
    board.dirty();
    clock.pass(20);
    expect(board.get('c:8000')?.tunnel).toEqual(isUsable ? local : undefined);
  });
});
