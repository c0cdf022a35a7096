import { beforeEach, describe, expect, it, vi } from 'vitest';

/** What the system says of its keychain; text is sealed by turning it round. */
const system = vi.hoisted(() => ({ available: true, backend: 'gnome_libsecret' }));
vi.mock('electron', () => ({
  safeStorage: {
    isEncryptionAvailable: () => system.available,
    getSelectedStorageBackend: () => system.backend,
    encryptString: (text: string) => Buffer.from([...`sealed ${text}`].reverse().join('')),
    decryptString(sealed: Buffer) {
      const text = [...sealed.toString()].reverse().join('');
      if (!text.startsWith('sealed ')) throw new Error('another keychain');
      return text.slice('sealed '.length);
    },
  },
}));
const { createSecrets } = await import('./secrets.ts');

function setup(kept: Readonly<Record<string, string>> = {}) {
  let sealed = kept;
  let opened = 0;
  const file: Parameters<typeof createSecrets>[0] = () => {
    opened += 1;
    return {
      read: () => ({ sealed }),
      write(next) {
        sealed = next.sealed;
      },
      putAside: () => undefined,
    };
  };
  return {
    secrets: createSecrets(file),
    again: () => createSecrets(file),
    onDisk: () => sealed,
    opened: () => opened,
  };
}

beforeEach(() => {
  Object.assign(system, { available: true, backend: 'gnome_libsecret' });
});

describe('secrets with a keychain', () => {
  it('are sealed on disk and read after a restart', () => {
    const { secrets, again, onDisk } = setup();
    expect(secrets.tier).toBe('keychain');
    secrets.write('token', 'hunter2');
    expect(secrets.read('token')).toBe('hunter2');
    expect(JSON.stringify(onDisk())).not.toContain('hunter2');
    expect(again().read('token')).toBe('hunter2');
  });

  it('are forgotten here and on disk', () => {
    const { secrets, again, onDisk } = setup();
    secrets.write('a', '1');
    secrets.write('b', '2');
    secrets.forget('a');
    expect([secrets.read('a'), again().read('a'), again().read('b')]).toEqual([undefined, undefined, '2']);
    expect(Object.keys(onDisk())).toEqual(['b']);
  });

  it('that another keychain sealed are as if they were not there', () => {
    const { secrets } = setup({ old: Buffer.from('something else').toString('base64') });
    expect(secrets.read('old')).toBeUndefined();
    expect(secrets.all()).toEqual({});
  });

  it('are all replaced at once by an import', () => {
    const { secrets, again } = setup();
    secrets.write('mine', '1');
    secrets.replace({ theirs: '2' });
    expect(secrets.all()).toEqual({ theirs: '2' });
    expect(again().all()).toEqual({ theirs: '2' });
  });

  it('open no file before one is asked for', () => {
    expect(setup().opened()).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('secrets without a keychain', () => {
  it.each([
    ['nothing that encrypts', { available: false, backend: 'gnome_libsecret' }],
    ['a key that everybody knows', { available: true, backend: 'basic_text' }],
    ['nobody knows what', { available: true, backend: 'unknown' }],
  ])('where the system has %s stay in memory until the end', (_what, is) => {
    Object.assign(system, is);
    const { secrets, again, onDisk, opened } = setup();
    expect(secrets.tier).toBe('session');
    secrets.write('token', 'hunter2');
    secrets.replace({ ...secrets.all(), other: 'x' });
    expect(secrets.all()).toEqual({ token: 'hunter2', other: 'x' });
    secrets.forget('other');
    expect(secrets.read('other')).toBeUndefined();
    expect(again().read('token')).toBeUndefined();
    expect([onDisk(), opened()]).toEqual([{}, 0]);
  });
});
