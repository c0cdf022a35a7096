import { describe, expect, it } from 'vitest';
import type { WindowCommand } from '../../shared/contract/commands.ts';
import { createWindowCommands } from './window-commands.ts';

const go = (place: 'services' | 'settings'): WindowCommand => ({ kind: 'go', place });
const palette: WindowCommand = { kind: 'palette' };

/** `follows`: the page follows at once what it hears. */
function setup({ follows = true } = {}) {
  let now = 0;
  const page = { follows };
  const delivered: WindowCommand[] = [];
  const commands = createWindowCommands({
    now: () => now,
    deliver(number, command) {
      delivered.push(command);
      if (page.follows) commands.followed(number);
    },
  });
  return {
    commands,
    delivered,
    page,
    later: (ms: number) => {
      now += ms;
    },
  };
}

describe('commands for the window', () => {
  it('wait until it hears, in order, and again while it is loaded anew', () => {
    const { commands, delivered } = setup();
    commands.send(go('services'));
    commands.send(palette);
    expect(delivered).toEqual([]);
    commands.ready();
    commands.send(go('settings'));
    expect(delivered).toEqual([go('services'), palette, go('settings')]);
    commands.leaves();
    for (let i = 0; i < 50; i++) commands.send(go('settings'));
    expect(delivered).toHaveLength(3);
    commands.arrives();
    commands.ready();
    expect(delivered).toHaveLength(8);
  });

  it('come again when the page went away before it had followed them', () => {
    const { commands, delivered, page } = setup({ follows: false });
    commands.ready();
    commands.send(palette);
    expect(delivered).toEqual([palette]);
    commands.leaves();
    commands.arrives();
    page.follows = true;
    commands.ready();
    expect(delivered).toEqual([palette, palette]);
    commands.leaves();
    commands.arrives();
    commands.ready();
    expect(delivered).toHaveLength(2);
  });

  it('are not given to a page that leaves, though it says only then that it listens', () => {
    const { commands, delivered } = setup();
    commands.leaves();
    commands.send(palette);
    commands.ready();
    expect(delivered).toEqual([]);
    commands.arrives();
    expect(delivered).toEqual([]);
    commands.ready();
    expect(delivered).toEqual([palette]);
  });

  it('come again when the page that followed them was leaving', () => {
    const { commands, delivered, page } = setup({ follows: false });
    commands.ready();
    commands.send(palette);
    commands.leaves();
    commands.followed(1);
    page.follows = true;
    commands.arrives();
    commands.ready();
    expect(delivered).toEqual([palette, palette]);
  });

  it.each([
    ['heard', true],
    ['was being loaded', false],
  ])('reach a page that stays after all, as before: it %s', (_what, heard) => {
    const { commands, delivered } = setup();
    if (heard) commands.ready();
    commands.leaves();
    commands.send(palette);
    commands.stays();
    expect(delivered).toEqual(heard ? [palette] : []);
    commands.ready();
    expect(delivered).toEqual([palette]);
  });

  it('are dropped where the page listens so late that nobody wants them any more', () => {
    const { commands, delivered, later } = setup();
    commands.send(palette);
    later(59_000);
    commands.send(go('settings'));
    later(2_000);
    commands.ready();
    expect(delivered).toEqual([go('settings')]);
  });
});
