import { Play, RotateCw, Square, TimerOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import { canRunAgain } from '../../../shared/platform-rules/index.ts';
import type { AppError } from '../../../shared/result.ts';
import { Confirm } from '../../components/dialog.tsx';
import type { MenuEntry } from '../../components/menu.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';

type Asked = 'start' | 'stop' | 'restart';

/** Start, stop and restart of one container, each with the question before it: they cost money or end work. */
export function useContainerActions(container: Container): {
  readonly entries: readonly MenuEntry[];
  readonly askToStart: () => void;
  readonly askToRestart: () => void;
  readonly askToStop: () => void;
  /** Ends the waiting for what is being done with it. */
  readonly giveUp: () => void;
  readonly error: AppError | undefined;
  /** To be placed anywhere in what is drawn. */
  readonly dialogs: ReactNode;
} {
  const words = useWords();
  const { containers: texts } = words.texts;
  const [asked, setAsked] = useState<Asked>();
  const start = useAction('containers.start');
  const stop = useAction('containers.stop');
  const restart = useAction('containers.restart');
  const giveUp = useAction('containers.giveUp');
  const { name, status, busy } = container;
  const isRunning = status.kind === 'running';
  const canStartAgain = canRunAgain(container);
  const stopWaiting = () => void giveUp.run({ containerId: container.id });
  const ask = {
    start: () => setAsked('start'),
    stop: () => setAsked('stop'),
    restart: () => setAsked('restart'),
  };

  const entries: MenuEntry[] = [
    ...(status.kind === 'ended' && canStartAgain
      ? [{ text: texts.start, icon: <Play />, disabled: busy !== undefined, onChoose: ask.start }]
      : []),
    ...(isRunning && canStartAgain
      ? [{ text: texts.restart, icon: <RotateCw />, disabled: busy !== undefined, onChoose: ask.restart }]
      : []),
    ...(status.kind === 'ended'
      ? []
      : [{ text: texts.stop, icon: <Square />, disabled: busy !== undefined, onChoose: ask.stop }]),
    ...(busy === undefined ? [] : [{ text: texts.giveUp, icon: <TimerOff />, onChoose: stopWaiting }]),
  ];

  const questions = {
    start: {
      title: words.say(texts.startTitle, { name }),
      text: words.say(texts.startText, { resource: container.resource ?? '—' }),
      action: texts.start,
      run: start.run,
    },
    stop: {
      title: words.say(texts.stopTitle, { name }),
      text: texts.stopText,
      action: texts.stop,
      run: stop.run,
    },
    restart: {
      title: words.say(texts.restartTitle, { name }),
      text: words.say(texts.restartText, { resource: container.resource ?? '—' }),
      action: texts.restart,
      run: restart.run,
    },
  } as const;
  const question = asked === undefined ? undefined : questions[asked];

  return {
    entries,
    askToStart: ask.start,
    askToRestart: ask.restart,
    askToStop: ask.stop,
    giveUp: stopWaiting,
    error: start.error ?? stop.error ?? restart.error,
    // Hundreds of rows have such a question: none is made before it is asked.
    dialogs: question !== undefined && (
      <Confirm
        open
        title={question.title}
        text={question.text}
        action={question.action}
        danger={asked === 'stop'}
        onConfirm={() => void question.run({ containerId: container.id })}
        onClose={() => setAsked(undefined)}
      />
    ),
  };
}
