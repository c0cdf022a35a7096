import { describe, expect, it } from 'vitest';
import { memorySchema } from '../../../shared/model/memory.ts';
import { tameMemory } from './tame-memory.ts';

const pin = (runId: string) => ({
  runId,
  fingerprint: `SHA256:${runId}`,
  algorithm: 'ssh-ed25519',
  acceptedAt: 1,
});
const forward = { id: 'f', direction: 'local', port: 5432, host: 'db', hostPort: 5432, open: true };

const foreign = memorySchema.parse({
  hostKeys: [pin('host theirs 22')],
  https: { on: true, authority: 'THEIRS', installed: 'THEIRS' },
  tunnels: [{ serviceId: 'c:1', open: true, localPort: 5432 }],
  local: { 'c:1': { allowsCrossSite: true } },
  connections: [
    {
      ...{ id: 'k', name: 'theirs', host: 'theirs', port: 22, user: 'root', login: 'auto' },
      forwards: [
        { ...forward, bind: '0.0.0.0', confirmed: true },
        { id: 's', direction: 'dynamic', bind: '127.0.0.1', port: 1080, open: true },
      ],
    },
  ],
});

describe('what a file of somebody brings', () => {
  const ours = memorySchema.parse({
    hostKeys: [pin('host ours 22')],
    https: { on: false, authority: 'OURS' },
  });
  const tame = tameMemory(foreign, ours);

  it('opens nothing: no forward, no tunnel, no door to others', () => {
    const forwards = tame.connections.flatMap((connection) => connection.forwards);
    expect(forwards.map(({ open, confirmed }) => [open, confirmed])).toEqual([
      [false, undefined],
      [false, undefined],
    ]);
    expect(tame.tunnels).toEqual([{ serviceId: 'c:1', open: false, localPort: 5432 }]);
    expect(tame.local['c:1']?.allowsCrossSite).toBeUndefined();
  });

  it('says nothing of whom to trust', () => {
    expect(tame.hostKeys).toEqual(ours.hostKeys);
    expect(tame.https).toEqual({ on: true, authority: 'OURS' });
  });
});
