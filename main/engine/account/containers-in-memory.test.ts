import { describe, expect, it } from 'vitest';
import { emptyMemory } from '../../../shared/model/memory.ts';
import { withContainers, withoutContainers } from './containers-in-memory.ts';

const mapping = { name: 'web', port: 7860 };
const web = { containerId: 'a', port: 7860, name: 'web', byHand: false };
const mine = { containerId: 'a', port: 9000, name: 'mine', byHand: true };
const other = { containerId: 'b', port: 7860, name: 'web-2', byHand: false };
const full = {
  ...emptyMemory(),
  tunnels: [
    { serviceId: 'a:7860', open: true },
    { serviceId: 'b:7860', open: true },
  ],
  pendingMappings: { a: [mapping], b: [mapping] },
  notedMappings: { a: [mapping] },
  services: [web, mine, other],
};

describe('what is remembered of containers', () => {
  it('goes with them, but for what a person added', () => {
    expect(withoutContainers(full, new Set(['a']))).toEqual({
      tunnels: [{ serviceId: 'b:7860', open: true }],
      pendingMappings: { b: [mapping] },
      notedMappings: {},
      services: [mine, other],
    });
  });

  it('is put back as it was', () => {
    const { tunnels, pendingMappings, notedMappings, services } = withContainers(
      withoutContainers(full, new Set(['a'])),
      full,
    );
    expect(new Set(tunnels)).toEqual(new Set(full.tunnels));
    expect({ pendingMappings, notedMappings }).toEqual({
      pendingMappings: full.pendingMappings,
      notedMappings: full.notedMappings,
    });
    expect(new Set(services)).toEqual(new Set(full.services));
  });

  it('leaves a name with the service that took it meanwhile', () => {
    const taken = { containerId: 'c', port: 80, name: 'web', byHand: false };
    const now = { ...withoutContainers(full, new Set(['a', 'b'])), services: [taken] };
    expect(withContainers(now, full).services).toEqual([taken, mine, other]);
  });
});
