import type { Connection } from '../../../shared/model/connection.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { Words } from '../../words/use-words.ts';
import type { Command } from './command.ts';

/** Where a container is, and its mappings, and its start, restart and end, each with the question before it. Pure. */
export function containerCommands(
  { id: containerId, name, status, mode, busy, resource, ssh }: Container,
  { texts: { containers: texts, service, mappings }, say }: Words,
): readonly Command[] {
  const input = { containerId };
  const ask = (action: 'start' | 'stop' | 'restart', [title, text]: readonly [string, string]): Command => ({
    id: `${action} ${containerId}`,
    text: `${texts[action]} ${name}`,
    note: service.container,
    deed: {
      kind: 'confirm',
      question: {
        title: say(title, { name }),
        text: say(text, { resource: resource ?? '—' }),
        action: texts[action],
        danger: action === 'stop',
        order: { kind: 'ask', name: `containers.${action}`, input },
      },
    },
  });
  const isFree = busy === undefined;
  const startsAgain = mode === 'WORKSPACE' && isFree;
  return [
    {
      id: `container ${containerId}`,
      text: name,
      note: service.container,
      deed: { kind: 'go', place: { kind: 'container', id: containerId } },
    },
    {
      id: `mappings ${containerId}`,
      text: `${mappings.title}: ${name}`,
      note: service.container,
      deed: { kind: 'go', place: { kind: 'container', id: containerId, at: 'mappings' } },
    },
    ...(status.kind === 'running' && ssh !== undefined
      ? [
          {
            id: `look ${containerId}`,
            text: `${texts.look}: ${name}`,
            note: service.container,
            deed: { kind: 'ask', name: 'containers.look', input },
          } as const,
        ]
      : []),
    ...(status.kind === 'ended' && startsAgain ? [ask('start', [texts.startTitle, texts.startText])] : []),
    ...(status.kind === 'running' && startsAgain
      ? [ask('restart', [texts.restartTitle, texts.restartText])]
      : []),
    ...(status.kind !== 'ended' && isFree ? [ask('stop', [texts.stopTitle, texts.stopText])] : []),
  ];
}

/** A machine that is reached by SSH, and its forwards by what `forwardText` makes of them. Pure. */
export function connectionCommands(
  { id, name, state, forwards }: Connection,
  forwardText: (forward: Connection['forwards'][number]) => string,
  { texts: { connections: texts, forwards: said } }: Words,
): readonly Command[] {
  const isUp = state.kind === 'connected' || state.kind === 'connecting';
  return [
    {
      id: `connection ${id}`,
      text: `${isUp ? texts.disconnect : texts.connect} ${name}`,
      note: texts.title,
      deed: { kind: 'ask', name: isUp ? 'connections.disconnect' : 'connections.connect', input: { id } },
    },
    ...forwards.map((forward): Command => {
      const isClosed = forward.tunnel.state.kind === 'closed';
      return {
        id: `forward ${forward.id}`,
        text: `${isClosed ? said.open : said.close} ${forwardText(forward)}`,
        note: name,
        deed: { kind: 'ask', name: isClosed ? 'forwards.open' : 'forwards.close', input: { id: forward.id } },
      };
    }),
  ];
}
