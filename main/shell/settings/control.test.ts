import { describe, expect, it } from 'vitest';
import { settingsChangeSchema, settingsSchema } from '../../../shared/model/settings.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createSettingsControl } from './control.ts';

function setup({ refuse = false } = {}) {
  let settings = settingsSchema.parse({ language: 'zh-CN', marked: ['a:1'] });
  const changes: (readonly string[])[] = [];
  const loginItems: boolean[] = [];
  const control = createSettingsControl({
    file: {
      read: () => settings,
      write: (next) => {
        settings = next;
      },
    },
    setLoginItem(launch) {
      if (refuse) return fail('login_item_refused');
      loginItems.push(launch);
      return ok(null);
    },
    onChange: (_settings, changed) => changes.push(changed),
  });
  return { control, changes, loginItems, now: () => settings };
}

describe('changing a setting', () => {
  it('leaves the others alone and tells what changed', () => {
    const { control, changes, now } = setup();
    control.change(settingsChangeSchema.parse({ theme: 'dark' }));
    expect(now()).toMatchObject({ theme: 'dark', language: 'zh-CN', marked: ['a:1'] });
    expect(changes).toEqual([['theme']]);
  });

  it('says nothing when nothing changed', () => {
    const { control, changes } = setup();
    control.change({ language: 'zh-CN' });
    control.mark('a:1', true);
    expect(changes).toEqual([]);
  });

  it('changes nothing when the system refuses', () => {
    const { control, changes, now } = setup({ refuse: true });
    expect(control.change({ launchAtLogin: true, theme: 'dark' })).toMatchObject({
      error: { code: 'login_item_refused' },
    });
    expect(now()).toMatchObject({ launchAtLogin: false, theme: 'system' });
    expect(changes).toEqual([]);
  });

  it.each([{ theme: 'pink' }, { marked: 'a:1' }, { closeToTray: 1 }, { sound: true }])(
    'refuses %j',
    (part) => {
      expect(settingsChangeSchema.safeParse(part).success).toBe(false);
    },
  );
});

describe('resetting', () => {
  it('resets what is named', () => {
    const { control, now } = setup();
    control.change({ theme: 'dark', launchAtLogin: true });
    control.reset(['theme']);
    expect(now()).toMatchObject({ theme: 'system', language: 'zh-CN', launchAtLogin: true });
  });

  it('resets all and keeps the marks', () => {
    const { control, loginItems, now } = setup();
    control.change({ launchAtLogin: true });
    control.reset();
    expect(now()).toEqual(settingsSchema.parse({ marked: ['a:1'] }));
    expect(loginItems).toEqual([true, false]);
  });
});

describe('marking a service', () => {
  it('adds the mark once and takes it away', () => {
    const { control, now } = setup();
    control.mark('b:2', true);
    control.mark('b:2', true);
    expect(now().marked).toEqual(['a:1', 'b:2']);
    control.mark('a:1', false);
    expect(now().marked).toEqual(['b:2']);
  });
});
