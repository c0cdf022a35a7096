import { describe, expect, it } from 'vitest';
import type { WindowCommand } from '../../shared/contract/commands.ts';
import { createWindowCommands } from './window-commands.ts';

const go = (place: 'services' | 'settings'): WindowCommand => ({ kind: 'go', place });

describe('commands for the window', () => {
  it('wait until it hears, in order, and again after it was reloaded', () => {
    const delivered: WindowCommand[] = [];
    const commands = createWindowCommands((command) => delivered.push(command));
    commands.send(go('services'));
    commands.send({ kind: 'palette' });
    expect(delivered).toEqual([]);
    commands.ready();
    commands.send(go('settings'));
    expect(delivered).toEqual([go('services'), { kind: 'palette' }, go('settings')]);
    commands.deaf();
    for (let i = 0; i < 50; i++) commands.send(go('settings'));
    expect(delivered).toHaveLength(3);
    commands.ready();
    expect(delivered).toHaveLength(8);
  });
});
