import { describe, expect, it } from 'vitest';
import { Secret } from '../../engine/base/secret.ts';
import { openSealedSecrets, type SealedFile } from './sealed-secrets.ts';

function computer() {
  let kept: SealedFile | undefined;
  const file = {
    read: async () => kept,
    write: async (value: SealedFile | undefined) => {
      kept = value;
    },
  };
  return {
    open: (passphrase: string) => openSealedSecrets(file, new Secret(passphrase)),
    text: () => JSON.stringify(kept),
    change: (next: (now: SealedFile) => SealedFile) => {
      if (kept !== undefined) kept = next(kept);
    },
  };
}

describe('secrets sealed by a passphrase', () => {
  it('are there again with it, and nowhere in the file', async () => {
    const { open, text } = computer();
    const first = await open('correct horse');
    await first?.write('token a', new Secret('t0ken-of-a'));
    await first?.write('token b', new Secret('t0ken-of-b'));
    await first?.forget('token b');
    const again = await open('correct horse');
    expect((await again?.read('token a'))?.reveal()).toBe('t0ken-of-a');
    expect(await again?.read('token b')).toBeUndefined();
    expect(text()).not.toContain('t0ken');
    expect(text()).not.toContain('correct horse');
  });

  it('are not opened by another one, and stay as they are', async () => {
    const { open, text } = computer();
    await (await open('right'))?.write('a', new Secret('x'));
    const before = text();
    expect(await open('wrong')).toBeUndefined();
    expect(text()).toBe(before);
  });

  it('are none where somebody exchanged or changed them', async () => {
    const { open, change } = computer();
    const first = await open('p');
    await first?.write('a', new Secret('of a'));
    await first?.write('b', new Secret('of b'));
    change((now) => ({ ...now, sealed: { a: now.sealed.b ?? '', b: 'AAAA' } }));
    const again = await open('p');
    expect(await again?.read('a')).toBeUndefined();
    expect(await again?.read('b')).toBeUndefined();
  });
});
