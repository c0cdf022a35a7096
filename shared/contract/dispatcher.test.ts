import { describe, expect, it } from 'vitest';
import { fail, ok } from '../result.ts';
import { askOver } from './asking.ts';
import { createDispatcher } from './dispatcher.ts';
import type { Handlers } from './requests.ts';

type Name = 'tunnels.open' | 'undo.putBack' | 'comparison.cancel';

function setup() {
  const bugs: string[] = [];
  const opened: unknown[] = [];
  const handlers: Handlers<Name, string> = {
    'tunnels.open'(input, signal) {
      opened.push([input, signal]);
      return ok(null);
    },
    'undo.putBack': () => fail('undo_gone'),
    'comparison.cancel'() {
      throw new Error('a bug');
    },
  };
  return { ...createDispatcher(handlers, (name) => bugs.push(name)), bugs, opened };
}

describe('a dispatcher', () => {
  it('hands a parsed input and the signal to the handler', async () => {
    const { ask, opened } = setup();
    expect(await ask('tunnels.open', { serviceId: 'c:80' }, 'signal')).toEqual(ok(null));
    expect(opened).toEqual([[{ serviceId: 'c:80' }, 'signal']]);
  });

  it('gives what the handler answers, and keeps its bugs from who asked', async () => {
    const { ask, bugs } = setup();
    expect(await ask('undo.putBack', { undoId: 'x' }, '')).toEqual(fail('undo_gone'));
    expect(await ask('comparison.cancel', {}, '')).toEqual(fail('internal'));
    expect(bugs).toEqual(['comparison.cancel']);
  });

  it.each([
    ['an unknown name', 'no.such', {}],
    ['a name of every object', 'constructor', {}],
    ['and of its prototype', '__proto__', {}],
    ['a name of another side', 'shell.state', {}],
    ['an input that is not in the contract', 'tunnels.open', { serviceId: 7 }],
    ['no input', 'tunnels.open', undefined],
  ])('refuses %s', async (_what, name, input) => {
    const { take, opened } = setup();
    expect(await take(name, input, '')).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    expect(opened).toEqual([]);
  });
});

describe('asking over a wire', () => {
  it.each([
    ['an answer', ok(null), ok(null)],
    ['a failure', fail('undo_gone'), fail('undo_gone')],
    ['a success without a value', { ok: true }, fail('internal')],
    ['a failure without a code', { ok: false, error: {} }, fail('internal')],
  ])('takes %s for what it is', async (_what, said, expected) => {
    const ask = askOver<Name, string>(async () => said as ReturnType<typeof ok>);
    expect(await ask('comparison.cancel', {}, '')).toEqual(expected);
  });
});
