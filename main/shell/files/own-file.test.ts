import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { afterEach, describe, expect, it } from 'vitest';
import type { FileNotice } from '../../../shared/model/settings.ts';
import { settingsFormat } from '../settings/index.ts';
import { openOwnFile } from './own-file.ts';
import { writeAtomically } from './write-atomically.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function setup(text?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'gearway-files-'));
  folders.push(folder);
  const path = join(folder, 'settings.json');
  if (text !== undefined) writeFileSync(path, text);
  const notices: FileNotice[] = [];
  const open = () =>
    openOwnFile({
      folder,
      name: 'settings',
      format: settingsFormat,
      // What electron-store is made of, without Electron.
      openStore: ({ name, ...rest }) => new Conf({ ...rest, configName: name, projectName: 'gearway' }),
      now: () => Date.UTC(2026, 10, 24),
      onNotice: (notice) => notices.push(notice),
    });
  return { folder, path, notices, open, onDisk: () => readFileSync(path, 'utf8') };
}

describe('a kept file', () => {
  it('keeps what is written, readable by its owner only', () => {
    const { open, path, notices } = setup();
    const file = open();
    file.write({ ...file.read(), theme: 'dark' });
    expect(open().read().theme).toBe('dark');
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(notices).toEqual([]);
  });

  it('goes on where the disk takes nothing, says so once, and writes all with the next change', () => {
    const { open, onDisk, notices, path } = setup();
    const file = open();
    file.write({ ...file.read(), theme: 'dark' });
    rmSync(path);
    // Nothing can be put in the place of a folder.
    mkdirSync(join(path, 'in the way'), { recursive: true });
    file.write({ ...file.read(), theme: 'light' });
    file.write({ ...file.read(), closeToTray: true });
    expect(file.read()).toMatchObject({ theme: 'light', closeToTray: true });
    expect(notices).toEqual([{ kind: 'unwritten', file: 'settings' }]);
    rmSync(path, { recursive: true });
    file.write({ ...file.read(), language: 'zh-CN' });
    expect(onDisk()).toContain('light');
    expect(open().read()).toMatchObject({ theme: 'light', closeToTray: true, language: 'zh-CN' });
    expect(notices).toHaveLength(1);
  });

  it.each(['', '{', '\u0000\u0000', '[1', '{"content":{"theme":"dark"}'])(
    'starts with defaults and keeps a copy when the file is torn: %j',
    (text) => {
      const { open, folder, notices } = setup(text);
      const file = open();
      expect(file.read().theme).toBe('system');
      file.write({ ...file.read(), theme: 'light' });
      expect(open().read().theme).toBe('light');
      expect(notices[0]).toMatchObject({
        kind: 'damaged',
        file: 'settings',
        backup: 'settings.damaged-2026-11-24T00-00-00-000Z.json',
      });
      expect(readFileSync(join(folder, 'settings.damaged-2026-11-24T00-00-00-000Z.json'), 'utf8')).toBe(text);
    },
  );

  it('leaves a damaged file where no copy of it can be made, until one can', () => {
    const { open, folder, path, onDisk, notices } = setup('{"damaged');
    // The copy's name is taken by a folder.
    const copy = join(folder, 'settings.damaged-2026-11-24T00-00-00-000Z.json');
    mkdirSync(copy);
    const file = open();
    file.write({ ...file.read(), theme: 'dark' });
    expect(file.read().theme).toBe('dark');
    expect(onDisk()).toBe('{"damaged');
    expect(notices).toMatchObject([{ kind: 'unwritten' }, { kind: 'damaged', backup: undefined }]);
    rmSync(copy, { recursive: true });
    file.write({ ...file.read(), closeToTray: true });
    expect(readFileSync(copy, 'utf8')).toBe('{"damaged');
    expect(open().read()).toMatchObject({ theme: 'dark', closeToTray: true });
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('loses only the field that is wrong, and says which', () => {
    const { open, notices, folder } = setup('{"version":1,"content":{"theme":"pink","language":"zh-CN"}}');
    expect(open().read()).toMatchObject({ theme: 'system', language: 'zh-CN' });
    expect(notices).toMatchObject([{ kind: 'damaged', lost: ['theme'] }]);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('never overwrites the file of a later version', () => {
    const later = '{"version":99,"content":{"theme":"dark","sound":"loud"}}';
    const { open, onDisk, notices } = setup(later);
    const file = open();
    expect(file.read().theme).toBe('dark');
    file.write({ ...file.read(), theme: 'light' });
    expect(file.read().theme).toBe('light');
    expect(onDisk()).toBe(later);
    expect(notices).toEqual([{ kind: 'newer', file: 'settings' }]);
  });
});

describe('writing atomically', () => {
  it('leaves the whole new file and nothing beside it', async () => {
    const { folder } = setup();
    const path = join(folder, 'report.txt');
    writeFileSync(path, 'old');
    await writeAtomically(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['report.txt']);
  });

  it('leaves nothing when it cannot write', async () => {
    const { folder } = setup();
    await expect(writeAtomically(join(folder, 'none', 'report.txt'), 'new')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });
});
