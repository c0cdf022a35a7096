import { describe, expect, it } from 'vitest';
import { createBreath } from './breathe.ts';
import { createOwnConfig } from './own-config.ts';
import { resolvePlace } from './resolve.ts';
import type { Surroundings } from './types.ts';

const around: Surroundings = {
  home: '/h',
  userName: 'me',
  userId: '1000',
  hostName: 'laptop',
  env: () => undefined,
};

function filesOf(texts: Record<string, string>) {
  const reads: string[] = [];
  return {
    reads,
    texts,
    files: {
      home: '/h',
      async read(path: string) {
        reads.push(path);
        return texts[path];
      },
      stamp: async (path: string) => texts[path],
      list: async (folder: string) =>
        Object.keys(texts)
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1)),
    },
  };
}

describe('the configuration of a person', () => {
  it('is read once until one of its files changes, an included one too', async () => {
    const made = filesOf({
      '/h/.ssh/config': 'Include conf.d/*\nHost a\n Port 1\n',
      '/h/.ssh/conf.d/x': 'Host b\n Port 2\n',
    });
    const own = createOwnConfig(made.files, around);
    const portOf = async (alias: string) => {
      const place = resolvePlace({ alias }, await own.read(), around);
      return place.ok && place.value.port;
    };
    expect([await portOf('a'), await portOf('b')]).toEqual([1, 2]);
    const before = made.reads.length;
    await portOf('a');
    expect(made.reads).toHaveLength(before);
    made.texts['/h/.ssh/conf.d/x'] = 'Host b\n Port 3\n';
    expect(await portOf('b')).toBe(3);
  });

  it('with ten thousand hosts is read in a moment, and holds nobody up meanwhile', async () => {
    const text = Array.from(
      { length: 10_000 },
      (_, at) =>
        `Host lab-${at}\n  HostName 10.0.${at >> 8}.${at & 255}\n  Port ${1 + at}\n  User u${at}\n  ProxyJump gate\n`,
    ).join('');
    const own = createOwnConfig(
      filesOf({ '/h/.ssh/config': `${text}Host *\n  ServerAliveInterval 5\n` }).files,
      around,
    );
    let longest = 0;
    let last = performance.now();
    let isOver = false;
    const beat = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (!isOver) setImmediate(beat);
    };
    setImmediate(beat);
    const start = performance.now();
    const configs = await own.read();
    const breathe = createBreath();
    const jumps = new Map();
    let count = 0;
    for (const alias of configs[0]?.names ?? []) {
      await breathe();
      if (resolvePlace({ alias }, configs, around, jumps).ok) count += 1;
    }
    const took = performance.now() - start;
    isOver = true;
    expect(count).toBe(10_000);
    // Generous: others use this machine too. Quadratic work took minutes.
    expect(took).toBeLessThan(5_000);
    expect(longest).toBeLessThan(400);
  });
});
