import { describe, expect, it } from 'vitest';
import { commandWords } from './command-words.ts';

const headless = '--ozone-platform=headless';

describe('how a start is told from a command', () => {
  it.each([
    ['the window', ['app'], undefined],
    ['the window with a link', ['app', 'gearway://service/1'], undefined],
    ['the command alone', ['app', headless, '--gearway-command', '--'], []],
    ['a command', ['app', headless, '--gearway-command', '--', 'ls', '--json'], ['ls', '--json']],
    ['a switch of Chromium', ['app', '--gearway-command', '--', '--no-sandbox'], ['--no-sandbox']],
    ['words after a second --', ['app', '--gearway-command', '--', 'ssh', '--', 'ls'], ['ssh', '--', 'ls']],
    ['the marker behind other words', ['app', '--', '--gearway-command', '--', 'ls'], undefined],
    ['the marker without its end', ['app', '--gearway-command', 'ls'], undefined],
  ])('%s', (_case, given, words) => {
    expect(commandWords(given)).toEqual(words);
  });
});
