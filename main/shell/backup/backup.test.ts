import { describe, expect, it } from 'vitest';
import { emptyMemory, memorySchema } from '../../../shared/model/memory.ts';
import { settingsSchema } from '../../../shared/model/settings.ts';
import { readBackup, summarise, writeBackup } from './backup.ts';
import { quickStretch } from './quick-stretch.ts';
import { seal, unseal } from './seal.ts';

const settings = settingsSchema.parse({ theme: 'dark', marked: ['a:1'] });
const memory = memorySchema.parse({
  services: [{ containerId: 'a', port: 7860, name: 'web', byHand: true }],
  tunnels: [{ serviceId: 'a:7860', open: true, localPort: 15080 }],
  connections: [
    {
      ...{ id: 'k', name: 'lab', host: 'lab', port: 22, user: 'me', login: 'auto' },
      forwards: [{ id: 'f', direction: 'dynamic', bind: '127.0.0.1', port: 1080, open: true }],
    },
  ],
  account: {
    id: 'x',
    user: 'demo',
    instance: {
      kind: 'private',
      name: 'console.example',
      origin: 'https://console.example',
      edge: { scheme: 'https', domain: 'gear.example' },
    },
  },
});
const secrets = { 'token:x': 'a-token-that-nobody-may-see' };
const base = { settings, memory, secrets, version: '0.1.0', now: 1_000, stretch: quickStretch };

async function textOf(passphrase?: string): Promise<string> {
  const written = await writeBackup({ ...base, passphrase });
  if (!written.ok) throw new Error(written.error.code);
  return written.value;
}

describe('an export', () => {
  it('leaves secrets out unless a passphrase seals them', async () => {
    expect(await textOf()).not.toContain('a-token');
    expect(await textOf('correct horse')).not.toContain('a-token');
  });

  it('comes back as it was', async () => {
    const read = readBackup(await textOf('correct horse'));
    if (!read.ok || read.value.sealed === undefined) throw new Error('not read');
    expect(read.value).toMatchObject({ settings, memory, madeAt: 1_000, madeBy: '0.1.0' });
    expect(await unseal(read.value.sealed, 'correct horse', quickStretch)).toEqual({
      ok: true,
      value: secrets,
    });
    expect(await unseal(read.value.sealed, 'wrong horse', quickStretch)).toMatchObject({
      error: { code: 'passphrase_wrong', field: 'passphrase' },
    });
    const changed = { ...read.value.sealed, text: `AAAA${read.value.sealed.text.slice(4)}` };
    expect(await unseal(changed, 'correct horse', quickStretch)).toMatchObject({
      error: { code: 'passphrase_wrong' },
    });
  });

  it('opens only with the passphrase when the key is made the slow way', { timeout: 60_000 }, async () => {
    const sealed = await seal(secrets, 'correct horse');
    if (!sealed.ok) throw new Error(sealed.error.code);
    expect(await unseal(sealed.value, 'correct horse')).toEqual({ ok: true, value: secrets });
  });

  it('refuses a passphrase that would be guessed', async () => {
    expect(await writeBackup({ ...base, passphrase: 'short' })).toMatchObject({
      error: { code: 'passphrase_short', field: 'passphrase' },
    });
  });

  it('is summed up before anything changes', async () => {
    const read = readBackup(await textOf());
    if (!read.ok) throw new Error(read.error.code);
    expect(
      summarise(read.value, { present: settingsSchema.parse({}), importId: 'i', file: 'g.json' }),
    ).toEqual({
      importId: 'i',
      file: 'g.json',
      madeAt: 1_000,
      madeBy: '0.1.0',
      settings: ['theme', 'marked'],
      account: { user: 'demo', host: 'console.example' },
      services: 1,
      tunnels: 1,
      connections: [{ name: 'lab', place: 'me@lab:22', forwards: 1 }],
      moreConnections: 0,
      secrets: 'none',
    });
  });
});

describe('a foreign file', () => {
  const good = {
    gearway: 'export',
    version: 1,
    madeAt: 1,
    madeBy: 'x',
    settings: { version: 1, content: {} },
    memory: { version: 1, content: {} },
  };
  it.each([
    ['nothing', ''],
    ['no JSON', '{"gearway":'],
    ['another program’s', '{"name":"x"}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a wrong setting', JSON.stringify({ ...good, settings: { version: 1, content: { theme: 'pink' } } })],
    ['an unknown part', JSON.stringify({ ...good, run: 'rm -rf /' })],
    ['a wrong memory', JSON.stringify({ ...good, memory: { version: 1, content: { tunnels: 7 } } })],
    ['its own cost of guessing', JSON.stringify({ ...good, secrets: { method: 'scrypt-30-8-1', salt: '' } })],
    ['a prototype', '{"__proto__":{"gearway":"export"},"version":1}'],
    ['too much', `{"gearway":"export","x":"${'y'.repeat(8_000_000)}"}`],
  ])('that is %s is not imported', (_name, text) => {
    expect(readBackup(text)).toMatchObject({ ok: false, error: { code: 'import_not_ours' } });
  });

  it('of a later version asks for an update', () => {
    for (const later of [
      { ...good, version: 2, anything: true },
      { ...good, settings: { version: 99, content: {} } },
      { ...good, memory: { version: 99, content: {} } },
    ])
      expect(readBackup(JSON.stringify(later))).toMatchObject({ error: { code: 'import_newer' } });
    expect(readBackup(JSON.stringify(good))).toMatchObject({ ok: true, value: { memory: emptyMemory() } });
  });
});
