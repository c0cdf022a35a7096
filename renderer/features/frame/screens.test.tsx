import type { ReactNode } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { EngineState, ShellState } from '../../../shared/contract/state.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import type { Reach } from '../../../shared/model/session.ts';
import { testAccount } from '../../../shared/model/test-account.ts';
import { draw, textOf } from '../../testing/draw.tsx';
import { down, makeContainer, makeService, up } from '../../testing/make.ts';

// What some modules ask of the browser when they are loaded; here is none.
vi.hoisted(() => {
  vi.stubGlobal('navigator', { platform: 'Linux', userAgent: '', vendor: '', maxTouchPoints: 0 });
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      unobserve() {}
    },
  );
});

const container = makeContainer();
const { id } = container;
const working = makeService({ health: { public: up, tunnel: up }, kindName: 'Gradio 6.25' });
const failing = makeService({
  id: `${id}:8000`,
  port: 8000,
  name: 'api',
  health: { public: down, tunnel: up },
  findings: [{ code: 'bound_to_loopback', sure: 'likely' }],
});
const launch = (part: Partial<Launch> = {}): Launch =>
  ({
    id: `${id}/train`,
    containerId: id,
    launchId: 'train',
    name: 'train',
    recipe: 'command',
    values: { line: 'python3 train.py' },
    preview: 'python3 train.py',
    createdAt: 1_000,
    startedAt: 1_000,
    state: { kind: 'running', pid: 7, listens: true },
    logBytes: 10,
    ...part,
  }) as Launch;
const connection = (part: Partial<Connection> = {}): Connection => ({
  id: 'gate',
  name: 'gate',
  host: 'gate.example',
  port: 22,
  user: 'me',
  login: 'auto',
  forwards: [],
  command: 'ssh me@gate.example',
  state: { kind: 'idle' },
  ...part,
});

const session = (reach: Reach): EngineState['session'] =>
  ({ kind: 'open', account: testAccount, realName: 'verified', reach }) as EngineState['session'];
const answered = session({ kind: 'answered', at: 1_000 });
const offline = session({ kind: 'failed', at: 1_000, error: { code: 'forbidden' } });
const full: Partial<EngineState> = {
  session: answered,
  containers: { [id]: container },
  services: { [working.id]: working, [failing.id]: failing },
  launches: { [`${id}/train`]: launch() },
  connections: { gate: connection() },
};

/** Imported once lists may ask. */
let pages: Readonly<Record<string, ReactNode>>;
beforeAll(async () => {
  const [
    services,
    containers,
    own,
    service,
    compare,
    models,
    inspector,
    activity,
    settings,
    log,
    ssh,
    first,
  ] = await Promise.all([
    import('../services/index.ts'),
    import('../containers/index.ts'),
    import('../container/index.ts'),
    import('../service/index.ts'),
    import('../compare/index.ts'),
    import('../models/index.ts'),
    import('../inspector/index.ts'),
    import('../activity/index.ts'),
    import('../settings/index.ts'),
    import('../launch-log/index.ts'),
    import('../connections/index.ts'),
    import('../first-run/index.ts'),
  ]);
  const { StatusBar } = await import('./status-bar.tsx');
  const { Sidebar } = await import('./sidebar.tsx');
  pages = {
    services: <services.ServicesPage />,
    containers: <containers.ContainersPage />,
    container: <own.ContainerPage id={id} />,
    service: <service.ServicePage id={working.id} />,
    'failing service': <service.ServicePage id={failing.id} />,
    compare: <compare.ComparePage />,
    models: <models.ModelsPage wanted={undefined} />,
    inspector: <inspector.InspectorPage />,
    activity: <activity.ActivityPage />,
    settings: <settings.SettingsPage />,
    launch: <log.LaunchPage id={`${id}/train`} />,
    connections: <ssh.ConnectionsPage />,
    'first run': <first.FirstRun />,
    'status bar': <StatusBar />,
    sidebar: <Sidebar onSearch={() => {}} />,
  };
}, 60_000);

type Row = readonly [
  screen: string,
  state: string,
  engine: Partial<EngineState>,
  says: readonly string[],
  not: readonly string[],
  shell?: Partial<ShellState>,
];

const rows: readonly Row[] = [
  ['services', 'empty', { session: answered }, ['No services yet'], ['Not known yet']],
  ['services', 'offline with nothing kept', { session: offline }, ['Not known yet'], ['No services yet']],
  ['services', 'full', full, ['vision-lab', 'web', 'api'], ['No services yet']],
  ['containers', 'empty', { session: answered }, ['No containers'], []],
  ['containers', 'offline with nothing kept', { session: offline }, ['Not known yet'], ['No containers']],
  ['containers', 'full', full, ['vision-lab', '2 services'], ['No containers']],
  [
    'containers',
    'failing',
    { ...full, containers: { [id]: { ...container, problem: { code: 'forbidden' } } } },
    ['vision-lab', 'This account may not do that.'],
    [],
  ],
  ['container', 'gone', { session: answered }, [], ['vision-lab']],
  ['container', 'full', full, ['vision-lab', 'ssh root@ssh.example -p 31612', 'train'], []],
  [
    'container',
    'ended',
    { ...full, containers: { [id]: { ...container, status: { kind: 'ended', how: 'cancelled' } } } },
    ['vision-lab', 'Start'],
    ['Restart'],
  ],
  ['service', 'gone', { session: answered }, [], ['web']],
  ['service', 'full', full, ['web', 'Gradio 6.25', 'Compare'], ['127.0.0.1 only']],
  ['failing service', 'failing', full, ['api', 'The service listens on 127.0.0.1 only'], []],
  ['compare', 'empty', { session: answered }, ['No services to compare'], []],
  ['compare', 'full', full, ['Measure all', 'web', 'api'], ['No services to compare']],
  [
    'compare',
    'under way',
    {
      ...full,
      comparison: {
        kind: 'running',
        serviceId: working.id,
        stage: 'down',
        done: 0.4,
        startedAt: 0,
        waiting: [failing.id],
        failed: [],
      },
    },
    ['Downloading…', 'Stop measuring', 'Waiting for its turn'],
    [],
  ],
  [
    'compare',
    'failing',
    {
      ...full,
      comparison: { kind: 'idle', failed: [{ serviceId: failing.id, error: { code: 'internal' } }] },
    },
    ['Measure all', 'api'],
    ['Stop measuring'],
  ],
  ['models', 'empty', { session: answered }, ['No language model yet'], []],
  [
    'models',
    'full',
    {
      ...full,
      services: {
        [working.id]: { ...working, kind: { kind: 'openai', name: 'vLLM' } as never, kindName: 'vLLM 0.9' },
      },
    },
    ['Models', 'Show the service', 'Route'],
    ['No language model yet'],
  ],
  ['inspector', 'empty', { session: answered }, ['Inspector'], []],
  ['activity', 'at first', { session: answered }, ['Activity'], []],
  ['settings', 'full', full, ['Settings', 'Language'], []],
  ['launch', 'gone', { session: answered }, [], ['train']],
  ['launch', 'full', full, ['train', 'python3 train.py', 'Restart', 'vision-lab'], []],
  [
    'launch',
    'failing',
    {
      ...full,
      launches: {
        [`${id}/train`]: launch({ state: { kind: 'ended', code: 1, at: 1, lastLines: ['no'] } as never }),
      },
    },
    ['train', 'Start'],
    ['Restart'],
  ],
  ['connections', 'empty', { session: answered }, ['No connections yet'], []],
  ['connections', 'full', full, ['gate', 'me@gate.example'], ['No connections yet']],
  [
    'connections',
    'failing',
    {
      ...full,
      connections: {
        gate: connection({
          state: {
            kind: 'failed',
            error: { code: 'ssh_unreachable', params: { host: 'gate.example', port: 22 } },
          },
        }),
      },
    },
    ['gate.example'],
    [],
  ],
  ['first run', 'at first', {}, ['Try it'], []],
  [
    'first run',
    'opening the account of last time',
    { session: { kind: 'opening', what: 'account' } },
    [],
    ['Try it'],
  ],
  ['status bar', 'all well', full, [], ['engine', 'platform']],
  [
    'status bar',
    'engine away',
    full,
    ['engine'],
    [],
    { engine: { kind: 'restarting', restarts: 1, since: 0 } },
  ],
  ['sidebar', 'full', full, ['Services', 'Containers', 'Settings'], []],
];

const cases = rows.map((row) => [`${row[0]}, ${row[1]}`, row] as const);

describe('every screen in its states', () => {
  it.each(cases)('%s', (_name, [screen, , engine, says, not, shell = {}]) => {
    const text = textOf(draw(pages[screen], { engine, shell }));
    for (const part of says) expect(text).toContain(part);
    for (const part of not) expect(text).not.toContain(part);
  });

  it.each(cases)(
    '%s, is drawn in Chinese too, with every name',
    (_name, [screen, , engine, says, , shell]) => {
      const text = textOf(draw(pages[screen], { engine, shell: { ...shell, language: 'zh-CN' } }));
      for (const name of says.filter((part) => /^(?:vision-lab|web|api|train|gate)$/.test(part)))
        expect(text).toContain(name);
      if (says.length > 0) expect(text).toMatch(/\p{Script=Han}/u);
      expect(text).not.toMatch(/\{\{|undefined|\[object|NaN/);
    },
  );
});
