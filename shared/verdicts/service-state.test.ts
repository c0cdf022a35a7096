import { describe, expect, it } from 'vitest';
import type { RouteHealth } from '../model/service.ts';
import { serviceState } from './service-state.ts';

const health = (state: RouteHealth['state']) => ({ state }) as RouteHealth;

describe('a service in one word', () => {
  it.each([
    ['up', 'up', 'up'],
    ['up', 'down', 'up'],
    ['absent', 'up', 'up'],
    ['degraded', 'down', 'degraded'],
    ['down', 'down', 'down'],
    ['down', 'absent', 'down'],
    ['down', 'unknown', 'unknown'],
    ['absent', 'unknown', 'unknown'],
    ['absent', 'absent', 'closed'],
  ] as const)('public %s and tunnel %s is %s', (pub, tunnel, word) => {
    expect(serviceState({ health: { public: health(pub), tunnel: health(tunnel) } })).toBe(word);
  });
});
