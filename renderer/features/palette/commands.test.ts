import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../shared/model/connection.ts';
import type { Service } from '../../../shared/model/service.ts';
import { settingsSchema } from '../../../shared/model/settings.ts';
import { makeContainer, makeService } from '../../testing/make.ts';
import { wordsIn } from '../../words/use-words.ts';
import { commandGroups } from './commands.ts';
import type { Known } from './known.ts';

const container = makeContainer();
const stopped = makeContainer({ status: { kind: 'ended', how: 'cancelled' }, ssh: undefined });
const settings = settingsSchema.parse({});
const idle = { comparison: { kind: 'idle' }, audit: { kind: 'idle' }, proxy: { kind: 'stopped' } } as const;
const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
  Object.fromEntries(all.map((one) => [one.id, one]));
const groups = (services: readonly Service[], of = container, part: Partial<Known> = {}) =>
  commandGroups(
    {
      services: byId(services),
      containers: { [of.id]: of },
      connections: {},
      launches: {},
      accounts: {},
      ...idle,
      settings,
      programs: [],
      places: [{ place: { kind: 'services' }, text: 'Services', keys: 'Ctrl+1' }],
      ...part,
    },
    wordsIn('en'),
  );
const texts = (...args: Parameters<typeof groups>) =>
  groups(...args).map((group) => [group.title, group.commands.map(({ text }) => text)] as const);

describe('the palette', () => {
  it('offers what can be done with each service', () => {
    expect(texts([makeService()])[0]).toEqual(['Services', ['Open web', 'Show web', 'Open tunnel web']]);
    expect(texts([makeService()]).at(-1)).toEqual([
      'More for services',
      ['Open the public address: web', 'Check now: web', 'Compare: web', 'Mark: web'],
    ]);
    const open = makeService({ tunnel: { state: { kind: 'connected', since: 1 } } });
    expect(texts([open])[0]?.[1]).toContain('Close tunnel web');
  });

  it('opens no TCP service in a browser, and nothing of a stopped container', () => {
    const tcp = makeService({ protocol: 'tcp', exposure: { kind: 'unmapped' } as Service['exposure'] });
    expect(texts([tcp])[0]?.[1]).toEqual(['Show web', 'Open tunnel web']);
    expect(texts([tcp]).at(-1)?.[1]).toEqual(['Check now: web', 'Compare: web', 'Mark: web']);
    expect(texts([makeService()], stopped)[0]?.[1]).toEqual(['Show web']);
  });

  it('leads to places and containers, and has no empty group', () => {
    expect(texts([]).map(([title]) => title)).toEqual(['Go to', 'Other']);
    expect(texts([])[0]?.[1]).toEqual([
      'Services',
      'vision-lab',
      'Port mappings: vision-lab',
      'Scan again: vision-lab',
      'Start a service: vision-lab',
      'Refresh: Started from here',
      'Restart vision-lab',
      'Stop vision-lab',
    ]);
    expect(texts([], stopped)[0]?.[1]).toEqual([
      'Services',
      'vision-lab',
      'Port mappings: vision-lab',
      'Start vision-lab',
    ]);
  });

  it('makes services, connections and containers, and leads to the mappings of each', () => {
    const all = groups([]).flatMap(({ commands }) => commands);
    const deedOf = (wanted: string) => all.find(({ text }) => text === wanted)?.deed;
    expect(deedOf('Add a service')).toEqual({ kind: 'show', dialog: 'new-service' });
    expect(deedOf('Add connection')).toEqual({ kind: 'show', dialog: 'new-connection' });
    expect(deedOf('New container')).toEqual({ kind: 'show', dialog: 'new-container' });
    expect(deedOf('Port mappings: vision-lab')).toEqual({
      kind: 'go',
      place: { kind: 'container', id: container.id, at: 'mappings' },
    });
    const bare = texts([], container, { containers: {} }).flatMap(([, those]) => those);
    expect(bare).toContain('New container');
    expect(bare).not.toContain('Add a service');
  });

  it('speaks the language of the window', () => {
    const said = commandGroups(
      {
        services: {},
        containers: { [container.id]: container },
        connections: {},
        launches: {},
        accounts: {},
        ...idle,
        settings,
        programs: [],
        places: [],
      },
      wordsIn('zh-CN'),
    ).flatMap(({ commands }) => commands.map(({ text }) => text));
    for (const text of ['添加服务', '添加连接', '新建容器', '端口映射：vision-lab'])
      expect(said).toContain(text);
  });

  it('asks before what costs money or ends work', () => {
    const all = [...groups([]), ...groups([], stopped)].flatMap(({ commands }) => commands);
    for (const text of ['Start vision-lab', 'Restart vision-lab', 'Stop vision-lab', 'Reset all settings'])
      expect(all.find((command) => command.text === text)?.deed).toMatchObject({ kind: 'confirm' });
  });

  it('connects machines, and turns settings the other way', () => {
    const box = {
      id: 'k1',
      name: 'box',
      command: 'ssh box',
      state: { kind: 'idle' },
      forwards: [],
    } as unknown as Connection;
    const [go, other] = texts([], container, { connections: { k1: box } });
    expect(go?.[1]).toContain('Connect box');
    expect(other?.[1]).toContain('Keep running in the tray: on');
    expect(other?.[1]).toContain('Notifications: off');
  });

  it('gives every command an id of its own', () => {
    const all = groups([makeService(), makeService({ id: 'abcdefghijkl:8080', name: 'llm' })]);
    const ids = all.flatMap(({ commands }) => commands.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
