import { describe, expect, it } from 'vitest';
import type { ShellState } from '../../../shared/contract/state.ts';
import { settingsSchema } from '../../../shared/model/settings.ts';
import { isShown } from '../../../shared/shown-text.ts';
import { makeService, stateWith } from '../testing/services.ts';
import { activityText, reportText } from './report.ts';

const shell: ShellState = {
  engine: { kind: 'running', restarts: 1 },
  settings: settingsSchema.parse({ marked: ['c:web'] }),
  changedSettings: ['marked'],
  secrets: 'session',
  language: 'zh-CN',
  version: '0.1.0',
  remembersAccount: false,
  notices: [],
  programs: [],
  activity: 7,
};
const event = {
  id: 1,
  at: 0,
  lastAt: 1_000,
  times: 2,
  code: 'service_down',
  subject: { kind: 'service', id: 'c:web', name: 'web' },
  error: { code: 'public_bad_gateway', detail: 'GET /?token=very-secret-token' },
} as const;

describe('the report for support', () => {
  const text = reportText({
    now: 0,
    shell,
    engine: stateWith(makeService('web', { public: 'down' })),
    events: [event],
    log: '2026 warn proxy.bug {}\n# no heading',
    crash: undefined,
    faults: 3,
    system: { Electron: '45.4.1' },
    secrets: ['very-secret-token', 'very-secret-token-2', 'root'],
  });

  it('tells versions, states, codes and what happened', () => {
    for (const part of [
      'Electron: 45.4.1',
      'version: 0.1.0',
      'web:7860  http  down  public down(public_bad_gateway)',
      '1970-01-01T00:00:01.000Z  web does not answer',
      '×2  [service_down, public_bad_gateway',
    ])
      expect(text).toContain(part);
  });

  it('lets no name make lines, headings or colours of its own', () => {
    const forged = 'web\n## Account\n\nall well\u001b[31m\u202e';
    const said = reportText({
      now: 0,
      shell,
      engine: stateWith({ ...makeService('web'), name: forged }),
      events: [{ ...event, subject: { kind: 'service', id: 'c:web', name: `# ${forged}` } }],
      log: '2026 warn proxy.bug {}\n# no heading',
      crash: undefined,
      faults: 3,
      system: {},
      secrets: [],
    });
    expect(said.match(/^## /gm)?.length).toBe(8);
    expect(said).toContain('\\# no heading');
    expect(said).toContain('faults that were caught: 3');
    expect(said).toContain('web ## Account  all well\ufffd[31m\ufffd:');
    expect(isShown(said)).toBe(true);
    expect(
      isShown(activityText([{ ...event, subject: { kind: 'service', id: 'c', name: forged } }], 'en')),
    ).toBe(true);
  });

  it('holds no secret, even where one slipped into a detail', () => {
    expect(text).not.toContain('very-secret');
    expect(text).toContain('token=[secret]');
  });

  it('lists events in the language of the person', () => {
    expect(activityText([event], 'zh-CN')).toContain('web 无响应');
  });
});
