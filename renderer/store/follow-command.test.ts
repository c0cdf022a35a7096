import { describe, expect, it } from 'vitest';
import type { WindowCommand } from '../../shared/contract/commands.ts';
import { followCommand } from './follow-command.ts';
import type { Place } from './place.ts';

const connection = { host: 'box.example', port: 22, user: 'me' };

function follow(command: WindowCommand, places: readonly Place[] = [{ kind: 'services' }]) {
  const done: unknown[] = [];
  followCommand(command, {
    places,
    go: (place) => done.push(place),
    show: (dialog) => done.push(dialog),
    offerConnection: (offered) => done.push(offered),
  });
  return done;
}

describe('a command from outside the window', () => {
  it.each<readonly [WindowCommand, readonly unknown[]]>([
    [{ kind: 'go', place: 'services' }, ['none', { kind: 'services' }]],
    [{ kind: 'service', serviceId: 'a:1' }, ['none', { kind: 'service', id: 'a:1' }]],
    [{ kind: 'palette' }, ['palette']],
    [{ kind: 'export' }, ['export']],
    [{ kind: 'import' }, ['import']],
  ])('%o leads on', (command, wanted) => {
    expect(follow(command)).toEqual(wanted);
  });

  it('leads nowhere where the window has no such place', () => {
    expect(follow({ kind: 'go', place: 'models' })).toEqual(['none']);
  });

  it('hands a connection from a link over before its form is shown', () => {
    const places = [{ kind: 'connections' } as unknown as Place];
    expect(follow({ kind: 'addConnection', connection }, places)).toEqual([
      connection,
      'new-connection',
      { kind: 'connections' },
    ]);
  });
});
