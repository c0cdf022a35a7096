import type { Connection } from '../../../shared/model/connection.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { Words } from '../../words/use-words.ts';
import type { Command } from './command.ts';

/** Where a container is, and its mappings, and its start, restart and end, each with the question before it. Pure. */
export function containerCommands(
  { id: containerId, name, status, mode, busy, resource, ssh, pendingMappings }: Container,
  { texts: { containers: texts, service, mappings, launch }, say, colon }: Words,
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
      text: `${mappings.title}${colon}${name}`,
      note: service.container,
      deed: { kind: 'go', place: { kind: 'container', id: containerId, at: 'mappings' } },
    },
    ...(status.kind === 'running' && ssh !== undefined
      ? [
          {
            id: `look ${containerId}`,
            text: `${texts.look}${colon}${name}`,
            note: service.container,
            deed: { kind: 'ask', name: 'containers.look', input },
          } as const,
          {
            id: `launch ${containerId}`,
            text: `${launch.action}${colon}${name}`,
            note: service.container,
            deed: { kind: 'show', dialog: 'new-launch', about: containerId },
          } as const,
          {
            id: `launches ${containerId}`,
            text: `${launch.refresh}${colon}${launch.title}`,
            note: name,
            deed: { kind: 'ask', name: 'launch.refresh', input },
          } as const,
        ]
      : []),
    ...(pendingMappings === undefined
      ? []
      : [
          {
            id: `discard ${containerId}`,
            text: `${mappings.discard}${colon}${mappings.title}`,
            note: name,
            subject: name,
            deed: { kind: 'ask', name: 'mappings.discard', input },
          } as const,
        ]),
    ...(isFree
      ? []
      : [
          {
            id: `give-up ${containerId}`,
            text: `${texts.giveUp}${colon}${name}`,
            note: service.container,
            deed: { kind: 'ask', name: 'containers.giveUp', input },
          } as const,
        ]),
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
    {
      id: `remove-connection ${id}`,
      text: `${texts.remove} ${name}`,
      note: texts.title,
      subject: name,
      deed: { kind: 'ask', name: 'connections.remove', input: { id } },
    },
    ...forwards.flatMap((forward): Command[] => {
      const { kind } = forward.tunnel.state;
      const isClosed = kind === 'closed';
      const mayRetry = kind === 'reconnecting' || kind === 'failed' || kind === 'unanswered';
      const text = forwardText(forward);
      const ask = (
        verb: string,
        of: 'forwards.open' | 'forwards.close' | 'forwards.retry' | 'forwards.remove',
      ): Command => ({
        id: `${of} ${forward.id}`,
        text: `${verb} ${text}`,
        note: name,
        subject: text,
        deed: { kind: 'ask', name: of, input: { id: forward.id } },
      });
      return [
        isClosed ? ask(said.open, 'forwards.open') : ask(said.close, 'forwards.close'),
        ...(mayRetry ? [ask(said.retry, 'forwards.retry')] : []),
        ask(said.remove, 'forwards.remove'),
      ];
    }),
  ];
}
