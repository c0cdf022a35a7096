import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyMemory, type Memory } from '../../../shared/model/memory.ts';
import { type Settings, settingsSchema } from '../../../shared/model/settings.ts';
import { ok } from '../../../shared/result.ts';
import type { OwnFile } from '../files/index.ts';
import { createSettingsControl } from '../settings/index.ts';
import { quickStretch } from './quick-stretch.ts';
import { createTransfer } from './transfer.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function kept<T>(value: T): OwnFile<T> & { readonly aside: string[] } {
  let now = value;
  const aside: string[] = [];
  return {
    aside,
    read: () => now,
    write: (next) => {
      now = next;
    },
    putAside: (why) => {
      aside.push(why);
      return why;
    },
  };
}

function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'gearway-transfer-'));
  folders.push(folder);
  const settings = kept<Settings>(settingsSchema.parse({ theme: 'dark' }));
  const memory = kept<Memory>({ ...emptyMemory(), proxyPort: 7700 });
  let secrets: Readonly<Record<string, string>> = { 'token:x': 'hidden-token' };
  let path: string | undefined = join(folder, 'out.json');
  const transfer = createTransfer({
    settings,
    settingsControl: createSettingsControl({
      file: settings,
      setLoginItem: () => ok(null),
      onChange: () => {},
    }),
    memory,
    secrets: {
      all: () => secrets,
      replace: (next) => {
        secrets = next;
      },
    },
    askWhereToSave: async () => path,
    askWhatToOpen: async () => path,
    replaceEngine: async (between) => between(),
    version: '0.1.0',
    now: () => 1_000,
    stretch: quickStretch,
  });
  const answerDialogs = (next: string | undefined) => {
    path = next;
  };
  const answerSecrets = (next: typeof secrets) => {
    secrets = next;
  };
  return { folder, transfer, settings, memory, secrets: () => secrets, answerDialogs, answerSecrets };
}

describe('taking everything to another computer', () => {
  it('brings settings, memory and, with the passphrase, secrets', async () => {
    const { transfer, settings, memory, secrets, folder } = setup();
    expect(await transfer.exportAll('correct horse')).toEqual({ ok: true, value: { file: 'out.json' } });
    expect(readFileSync(join(folder, 'out.json'), 'utf8')).not.toContain('hidden-token');
    settings.write(settingsSchema.parse({}));
    memory.write(emptyMemory());

    const chosen = await transfer.choose();
    if (!chosen.ok) throw new Error(chosen.error.code);
    expect(chosen.value).toMatchObject({ settings: ['theme'], secrets: 'sealed' });
    expect(settings.read().theme).toBe('system');
    expect(await transfer.importChosen(chosen.value.importId, 'wrong horse')).toMatchObject({
      error: { code: 'passphrase_wrong' },
    });
    expect(memory.read().proxyPort).toBeUndefined();
    expect(await transfer.importChosen(chosen.value.importId, 'correct horse')).toMatchObject({ ok: true });
    expect(settings.read().theme).toBe('dark');
    expect(memory.read().proxyPort).toBe(7700);
    expect(secrets()).toEqual({ 'token:x': 'hidden-token' });
    expect([settings.aside, memory.aside]).toEqual([['before-import'], ['before-import']]);
  });

  it('forgets old secrets when none come along, so that no foreign memory can send them anywhere', async () => {
    const { transfer, secrets } = setup();
    await transfer.exportAll(undefined);
    const chosen = await transfer.choose();
    if (!chosen.ok) throw new Error(chosen.error.code);
    await transfer.importChosen(chosen.value.importId, undefined);
    expect(secrets()).toEqual({});
  });

  it('neither takes an authority along nor takes one in: that of this computer stays', async () => {
    const { transfer, memory, secrets, answerSecrets } = setup();
    memory.write({ ...emptyMemory(), https: { on: true, authority: 'theirs', installed: 'theirs' } });
    answerSecrets({ 'token:x': 'hidden-token', authority: 'their-key' });
    await transfer.exportAll('correct horse');
    memory.write({ ...emptyMemory(), https: { on: false, authority: 'ours', installed: 'ours' } });
    answerSecrets({ authority: 'our-key' });
    const chosen = await transfer.choose();
    if (!chosen.ok) throw new Error(chosen.error.code);
    await transfer.importChosen(chosen.value.importId, 'correct horse');
    expect(memory.read().https).toEqual({ on: true, authority: 'ours', installed: 'ours' });
    expect(secrets()).toEqual({ 'token:x': 'hidden-token', authority: 'our-key' });
  });

  it('says what went wrong with a file', async () => {
    const { transfer, folder, answerDialogs } = setup();
    answerDialogs(undefined);
    expect(await transfer.choose()).toMatchObject({ error: { code: 'cancelled' } });
    expect(await transfer.exportAll(undefined)).toMatchObject({ error: { code: 'cancelled' } });
    answerDialogs(join(folder, 'absent', 'x.json'));
    expect(await transfer.choose()).toMatchObject({ error: { code: 'file_not_read' } });
    expect(await transfer.exportAll(undefined)).toMatchObject({
      error: { code: 'file_not_written', params: { file: 'x.json' } },
    });
    const foreign = join(folder, 'foreign.json');
    writeFileSync(foreign, '{}');
    answerDialogs(foreign);
    expect(await transfer.choose()).toMatchObject({
      error: { code: 'import_not_ours', params: { file: 'foreign.json' } },
    });
    expect(await transfer.importChosen('1', undefined)).toMatchObject({ error: { code: 'import_gone' } });
  });
});
