import { describe, expect, it } from 'vitest';
import { makeContainer, makeService } from '../../testing/make.ts';
import { wordsIn } from '../../words/use-words.ts';
import { commandGroups } from './commands.ts';

const container = makeContainer();
const stopped = makeContainer({ status: { kind: 'ended', how: 'cancelled' }, ssh: undefined });
const texts = (services: Parameters<typeof commandGroups>[0]['services'], of = container) =>
  commandGroups(
    {
      services,
      containers: { [of.id]: of },
      places: [{ place: { kind: 'services' }, text: 'Services', keys: 'Ctrl+1' }],
    },
    wordsIn('en'),
  ).map((group) => [group.title, group.commands.map(({ text }) => text)] as const);

describe('the palette', () => {
  it('offers what can be done with each service', () => {
    expect(texts([makeService()])[0]).toEqual(['Services', ['Open web', 'Show web', 'Open tunnel web']]);
    const open = makeService({ tunnel: { state: { kind: 'connected', since: 1 } } });
    expect(texts([open])[0]?.[1]).toContain('Close tunnel web');
  });

  it('opens no TCP service in a browser, and nothing of a stopped container', () => {
    expect(texts([makeService({ protocol: 'tcp' })])[0]?.[1]).toEqual(['Show web', 'Open tunnel web']);
    expect(texts([makeService()], stopped)[0]?.[1]).toEqual(['Show web']);
  });

  it('leads to places and containers, and has no empty group', () => {
    expect(texts([]).map(([title]) => title)).toEqual(['Go to', 'Other']);
    expect(texts([])[0]?.[1]).toEqual(['Services', 'vision-lab']);
  });

  it('gives every command an id of its own', () => {
    const groups = commandGroups(
      {
        services: [makeService(), makeService({ id: 'abcdefghijkl:8080', name: 'llm' })],
        containers: { [container.id]: container },
        places: [],
      },
      wordsIn('zh-CN'),
    );
    const ids = groups.flatMap(({ commands }) => commands.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
