import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.ts';

const path = '/home/me/.ssh/config';

const reading = (text: string | undefined, names: readonly string[]) =>
  readConfig(path, { read: async () => text, list: async () => names, home: '/home/me' }, 'me');

describe('the SSH configuration of a person', () => {
  it('that is not there names no hosts', async () => {
    expect(await reading(undefined, ['id_ed25519'])).toEqual({ ok: true, value: [] });
  });

  it('that is there and cannot be read is told of', async () => {
    expect(await reading(undefined, ['config'])).toMatchObject({
      ok: false,
      error: { code: 'ssh_config_unreadable', params: { file: path } },
    });
  });
});
