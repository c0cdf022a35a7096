import { describe, expect, it } from 'vitest';
import { autostartEntry } from './autostart-entry.ts';

const execOf = (...command: string[]) =>
  autostartEntry(command)
    .split('\n')
    .find((line) => line.startsWith('Exec='));

describe('the autostart file', () => {
  it.each([
    [['/opt/Gearway/gearway', '--hidden'], 'Exec="/opt/Gearway/gearway" "--hidden"'],
    [['/home/a b/x'], 'Exec="/home/a b/x"'],
    [['/x/50%'], 'Exec="/x/50%%"'],
    [['/x/$(touch y)`z`"'], 'Exec="/x/\\\\$(touch y)\\\\`z\\\\`\\\\""'],
    [['/x/a\nExec=evil'], 'Exec="/x/a\\nExec=evil"'],
  ])('runs %j and nothing else', (command, line) => {
    expect(execOf(...command)).toBe(line);
  });
});
