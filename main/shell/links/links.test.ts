import { describe, expect, it } from 'vitest';
import type { WindowCommand } from '../../../shared/contract/commands.ts';
import { makeService } from '../testing/services.ts';
import { createLinks, type Question } from './links.ts';

function setup(answer: boolean | Promise<boolean>) {
  const asked: Question[] = [];
  const said: string[] = [];
  const opened: string[] = [];
  const commands: WindowCommand[] = [];
  const links = createLinks({
    language: () => 'en',
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
    say: async (text) => void said.push(text),
    find: async (name) => (name === 'web' ? makeService('web') : undefined),
    openService: async (id) => void opened.push(id),
    command: (command) => commands.push(command),
  });
  return { links, asked, said, opened, commands };
}

describe('following a link', () => {
  it('opens a service only when the person agrees', async () => {
    const yes = setup(true);
    await yes.links.follow('gearway://open/web');
    expect(yes.asked[0]?.title).toContain('web');
    expect(yes.opened).toEqual(['c:web']);
    const no = setup(false);
    await no.links.follow('gearway://open/web');
    expect(no.opened).toEqual([]);
  });

  it('brings a connection to the form, never further', async () => {
    const { links, commands, asked } = setup(true);
    await links.follow('gearway://connect?host=ssh.example&user=me');
    expect(asked[0]?.detail).toContain('me@ssh.example:22');
    expect(commands).toEqual([
      { kind: 'addConnection', connection: { host: 'ssh.example', port: 22, user: 'me' } },
    ]);
  });

  it('says what it cannot follow and asks nothing', async () => {
    const { links, said, asked } = setup(true);
    await links.follow('gearway://open/absent');
    await links.follow('gearway://format/c');
    expect(said).toHaveLength(2);
    expect(asked).toEqual([]);
  });

  it('asks one question at a time, however many links come', async () => {
    let agree: (agreed: boolean) => void = () => {};
    const { links, asked, opened } = setup(
      new Promise((resolve) => {
        agree = resolve;
      }),
    );
    const first = links.follow('gearway://open/web');
    await Promise.all(Array.from({ length: 50 }, () => links.follow('gearway://open/web')));
    expect(asked).toHaveLength(1);
    agree(true);
    await first;
    expect(opened).toEqual(['c:web']);
  });
});
