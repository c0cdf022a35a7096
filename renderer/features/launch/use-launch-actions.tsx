import { Globe, OctagonX, Pencil, RotateCw, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Launch } from '../../../shared/model/launch.ts';
import { serviceId } from '../../../shared/model/service-id.ts';
import type { AppError } from '../../../shared/result.ts';
import { Confirm } from '../../components/dialog.tsx';
import type { MenuEntry } from '../../components/menu.tsx';
import { go, show, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';

/** What can be done with a started service: asked before where it ends something. */
export function useLaunchActions(launch: Launch): {
  /** Asks it to end; at once, where it is being asked already. */
  readonly askToStop: () => void;
  readonly restart: () => void;
  readonly entries: readonly MenuEntry[];
  /** An order is under way that does not show in its state. */
  readonly isBusy: boolean;
  readonly error: AppError | undefined;
  readonly dialogs: ReactNode;
} {
  const words = useWords();
  const { launch: texts } = words.texts;
  const stop = useAction('launch.stop');
  const again = useAction('launch.restart');
  const remove = useAction('launch.remove');
  // What was asked stays what it was while the question fades.
  const [asking, setAsking] = useState<'stop' | 'force' | 'remove'>('stop');
  const [isAsked, setIsAsked] = useState(false);
  const askTo = (what: typeof asking) => {
    setAsking(what);
    setIsAsked(true);
  };
  const { id, name, port, containerId } = launch;
  const opens = port === undefined ? undefined : serviceId(containerId, port);
  const hasService = useEngine((engine) => opens !== undefined && Object.hasOwn(engine.services, opens));
  const isRunning = launch.state.kind === 'running';
  const restart = () => void again.run({ id });

  const entries: MenuEntry[] = [
    ...(hasService && opens !== undefined
      ? [
          {
            text: texts.openService,
            icon: <Globe />,
            onChoose: () => go({ kind: 'service' as const, id: opens }),
          },
        ]
      : []),
    {
      text: texts.edit,
      icon: <Pencil />,
      onChoose: () => show('edit-launch', id),
    },
    ...(isRunning
      ? [
          { text: texts.restart, icon: <RotateCw />, onChoose: restart },
          // Even while it is asked to end: who waits may lose patience.
          {
            text: texts.force,
            icon: <OctagonX />,
            danger: true,
            apart: true,
            onChoose: () => askTo('force'),
          },
        ]
      : [
          {
            text: texts.remove,
            icon: <Trash2 />,
            apart: hasService,
            onChoose: () => askTo('remove'),
          },
        ]),
  ];

  const question =
    asking === 'remove'
      ? { title: words.say(texts.removeTitle, { name }), text: texts.removeText, action: texts.remove }
      : {
          title: words.say(texts.stopTitle, { name }),
          text: asking === 'force' ? texts.forceText : texts.stopText,
          action: asking === 'force' ? texts.force : texts.stop,
        };

  return {
    askToStop: () => askTo(launch.busy === undefined ? 'stop' : 'force'),
    restart,
    entries,
    isBusy: remove.running || stop.running || again.running,
    error: launch.problem ?? stop.error ?? again.error ?? remove.error,
    dialogs: (
      <Confirm
        open={isAsked}
        danger
        {...question}
        onConfirm={() =>
          void (asking === 'remove' ? remove.run({ id }) : stop.run({ id, force: asking === 'force' }))
        }
        onClose={() => setIsAsked(false)}
      />
    ),
  };
}
