import { describe, expect, it } from 'vitest';
import { type EngineState, initialEngineState } from '../../../shared/contract/state.ts';
import { makeService, stateWith } from '../testing/services.ts';
import { type TrayEntry, trayView } from './tray-template.ts';

const running = { kind: 'running', restarts: 0 } as const;
const open = (state: EngineState): EngineState => ({ ...state, session: { kind: 'opening', what: 'local' } });
const view = (state: EngineState, marked: readonly string[] = [], language: 'en' | 'zh-CN' = 'en') =>
  trayView({ engine: open(state), life: running, marked, language });
const menus = (entries: readonly TrayEntry[]) =>
  entries.flatMap((entry) => (entry.kind === 'menu' ? [entry] : []));

describe('the tray', () => {
  it('says that nobody is signed in', () => {
    const { entries, trouble } = trayView({
      engine: initialEngineState,
      life: running,
      marked: [],
      language: 'en',
    });
    expect(entries.map((entry) => entry.kind)).toEqual(['item', 'text', 'separator', 'item']);
    expect(trouble).toBe(0);
  });

  it.each([
    ['up', 'absent', '● web: '],
    ['degraded', 'absent', '▲ web: '],
    ['down', 'down', '■ web: '],
    ['absent', 'absent', '○ web: '],
    ['unknown', 'absent', '○ web: '],
  ] as const)('shows public %s and tunnel %s by shape and word', (pub, via, start) => {
    const [entry] = menus(view(stateWith(makeService('web', { public: pub, via }))).entries);
    expect(entry?.label.startsWith(start)).toBe(true);
    expect(entry?.label.length).toBeGreaterThan(start.length + 1);
  });

  it.each([
    [{ kind: 'closed' }, false, 'openTunnel'],
    [{ kind: 'failed', error: { code: 'ssh_login_refused' } }, false, 'openTunnel'],
    [{ kind: 'connecting', since: 0 }, true, 'closeTunnel'],
    [{ kind: 'reconnecting', attempt: 3, nextAt: 9, error: { code: 'ssh_lost' } }, true, 'closeTunnel'],
    [{ kind: 'connected', since: 0 }, true, 'closeTunnel'],
  ] as const)('toggles a tunnel that is %j', (tunnelState, checked, does) => {
    const [entry] = menus(view(stateWith(makeService('web', { tunnelState }))).entries);
    expect(entry?.entries[1]).toMatchObject({
      kind: 'check',
      checked,
      does: { kind: does, serviceId: 'c:web' },
    });
  });

  it('marks an address that is open to anyone', () => {
    const state = stateWith(
      makeService('closed', {}),
      makeService('open', { exposed: { by: 'audit', level: 'control' } }),
    );
    const labels = menus(view(state).entries).map(({ label }) => label);
    expect(labels).toEqual(['● closed: up', '● open: up, open to anyone']);
  });

  it('opens only what answers and speaks HTTP', () => {
    const enabled = (part: Parameters<typeof makeService>[1]) => {
      const item = menus(view(stateWith(makeService('web', part))).entries)[0]?.entries[0];
      return item?.kind === 'item' && item.enabled;
    };
    expect(enabled({})).toBe(true);
    expect(enabled({ public: 'down' })).toBe(false);
    expect(enabled({ protocol: 'tcp' })).toBe(false);
  });

  it('puts marked services first, then trouble, then open tunnels, twenty in all', () => {
    const many = Array.from({ length: 30 }, (_, i) => makeService(`s${String(i).padStart(2, '0')}`));
    const state = stateWith(
      ...many,
      makeService('zz-marked', { public: 'absent' }),
      makeService('zz-down', { public: 'down' }),
      makeService('zz-tunnel', { tunnelState: { kind: 'connected', since: 0 } }),
    );
    const { entries } = view(state, ['c:zz-marked']);
    const labels = menus(entries).map((entry) => entry.label);
    expect(labels).toHaveLength(20);
    expect(labels.slice(0, 4).map((label) => label.split(/[ :]/)[1])).toEqual([
      'zz-marked',
      'zz-down',
      'zz-tunnel',
      's00',
    ]);
    expect(entries.some((entry) => entry.kind === 'item' && entry.label.includes('13'))).toBe(true);
  });

  it('warns only for marked services', () => {
    const state = stateWith(makeService('web', { public: 'down' }));
    expect(view(state).trouble).toBe(0);
    expect(view(state, ['c:web']).trouble).toBe(1);
  });

  it('is equal while only times change, so that nothing is drawn', () => {
    const at = (verifiedAt: number) =>
      stateWith(makeService('web', { tunnelState: { kind: 'connected', since: 0, verifiedAt } }));
    expect(view(at(1))).toEqual(view(at(2)));
  });

  it('speaks Chinese', () => {
    const { entries } = view(stateWith(makeService('web')), [], 'zh-CN');
    for (const entry of entries) if ('label' in entry) expect(entry.label).toMatch(/[\u4e00-\u9fff]/);
  });
});
