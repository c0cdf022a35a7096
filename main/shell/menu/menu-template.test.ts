import { describe, expect, it } from 'vitest';
import { type MenuEntry, menuTemplate } from './menu-template.ts';

const leaves = (entries: readonly MenuEntry[]): readonly MenuEntry[] =>
  entries.flatMap((entry) => (entry.kind === 'menu' ? [entry, ...leaves(entry.entries)] : [entry]));
const labels = (entries: readonly MenuEntry[]) =>
  leaves(entries).flatMap((entry) => ('label' in entry ? [entry.label] : []));

describe('the menu', () => {
  it.each(['darwin', 'win32', 'linux'] as const)(
    'of %s has the same entries in both languages',
    (platform) => {
      const en = leaves(menuTemplate({ platform, language: 'en', developer: false }));
      const zh = leaves(menuTemplate({ platform, language: 'zh-CN', developer: false }));
      const shape = (entries: readonly MenuEntry[]) =>
        entries.map((entry) => ({ ...entry, label: '', entries: [] }));
      expect(shape(zh)).toEqual(shape(en));
      for (const label of labels(zh)) expect(label).toMatch(/Gearway|[\u4e00-\u9fff]/);
    },
  );

  it('puts settings and quitting where each system has them', () => {
    const first = (platform: 'darwin' | 'win32') =>
      menuTemplate({ platform, language: 'en', developer: false })[0];
    for (const platform of ['darwin', 'win32'] as const) {
      const entries = first(platform);
      expect(labels(entries === undefined ? [] : [entries])).toEqual(
        expect.arrayContaining([expect.stringContaining('Settings'), expect.stringMatching(/Quit|Exit/)]),
      );
    }
    expect(first('darwin')).toMatchObject({ label: 'Gearway' });
    expect(first('win32')).toMatchObject({ label: 'File' });
  });

  it('gives no shortcut to two entries, and shows developer tools only to developers', () => {
    for (const developer of [true, false]) {
      const entries = leaves(menuTemplate({ platform: 'linux', language: 'en', developer }));
      const shortcuts = entries.flatMap((entry) =>
        'accelerator' in entry && entry.accelerator !== undefined ? [entry.accelerator] : [],
      );
      expect(new Set(shortcuts).size).toBe(shortcuts.length);
      expect(entries.some((entry) => entry.kind === 'role' && entry.role === 'toggleDevTools')).toBe(
        developer,
      );
    }
  });
});
