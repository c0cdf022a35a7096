import {
  Cable,
  Ellipsis,
  ExternalLink,
  Globe,
  Play,
  RefreshCw,
  Share2,
  Star,
  StarOff,
  Trash2,
  Unplug,
} from 'lucide-react';
import { useState } from 'react';
import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Menu, type MenuEntry } from '../../components/menu.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useChoice } from '../../store/use-choice.ts';
import { useWords } from '../../words/use-words.ts';
import { useContainerActions } from '../containers/index.ts';
import { ShareSheet } from '../share/index.ts';
import { useRemoval } from '../toasts/index.ts';
import { mainAction } from './main-action.ts';
import css from './service-actions.module.css';

/** The one right thing as a button, the rest in a menu. What goes wrong is said beneath. */
export function ServiceActions({
  service,
  container,
  placement,
}: {
  readonly service: Service;
  readonly container: Container;
  readonly placement: 'row' | 'page';
}) {
  const words = useWords();
  const { services: texts, app, desktop, marks, share } = words.texts;
  const [shares, setShares] = useState(false);
  const mark = useChoice(
    'shell.mark',
    useShell((shell) => shell.settings.marked.includes(service.id)),
    (marked) => ({ serviceId: service.id, marked }),
  );
  const isMarked = mark.shown;
  const open = useAction('shell.open');
  const openTunnel = useAction('tunnels.open');
  const closeTunnel = useAction('tunnels.close');
  const check = useAction('services.check');
  const remove = useRemoval('services.remove');
  const id = { serviceId: service.id };
  const main = mainAction(service, container);
  const isClosed = service.tunnel.state.kind === 'closed';
  const error =
    open.error ?? openTunnel.error ?? closeTunnel.error ?? check.error ?? remove.error ?? mark.error;
  const isBusy =
    open.running ||
    (openTunnel.running && isClosed) ||
    closeTunnel.running ||
    check.running ||
    remove.running;
  const toggleMark = () => mark.choose(!isMarked);
  /** On a page it is the one primary action; in a list of many, none is. */
  const look = placement === 'page' ? 'primary' : 'plain';
  /** Many rows have the same button: its name says whose it is. */
  const of = (text: string) => `${text} ${service.name}`;

  const entries: MenuEntry[] = [
    ...(service.exposure.kind === 'mapped'
      ? [
          {
            text: texts.openPublic,
            icon: <Globe />,
            onChoose: () => void open.run({ ...id, which: 'public' as const }),
          },
        ]
      : []),
    ...(service.protocol !== 'tcp' && !isClosed
      ? [
          {
            text: texts.openThroughTunnel,
            icon: <Cable />,
            onChoose: () => void open.run({ ...id, which: 'tunnel' as const }),
          },
        ]
      : []),
    ...('url' in service.exposure && service.protocol !== 'tcp'
      ? [{ text: share.action, icon: <Share2 />, onChoose: () => setShares(true) }]
      : []),
    isClosed
      ? {
          text: texts.openTunnel,
          icon: <Cable />,
          disabled: container.ssh === undefined,
          apart: true,
          onChoose: () => void openTunnel.run(id),
        }
      : {
          text: texts.closeTunnel,
          icon: <Unplug />,
          apart: true,
          onChoose: () => void closeTunnel.run(id),
        },
    {
      text: isMarked ? desktop.settings.unmark : desktop.settings.mark,
      icon: isMarked ? <StarOff /> : <Star />,
      onChoose: toggleMark,
    },
    { text: texts.checkNow, icon: <RefreshCw />, onChoose: () => void check.run(id) },
    ...(service.byHand
      ? [
          {
            text: texts.remove,
            icon: <Trash2 />,
            apart: true,
            onChoose: () => void remove.run(id, service.name),
          },
        ]
      : []),
  ];

  return (
    <div className={`${css.actions} ${css[placement]}`}>
      <div className={css.buttons}>
        {placement === 'page' && (
          <IconButton label={of(isMarked ? marks.unmark : marks.mark)} onClick={toggleMark}>
            <Star fill={isMarked ? 'currentColor' : 'none'} />
          </IconButton>
        )}
        {mainButton()}
        <Menu
          ofMany={placement === 'row'}
          trigger={
            <IconButton label={of(app.more)} aria-busy={isBusy}>
              {isBusy ? <StateMark mark="working" /> : <Ellipsis />}
            </IconButton>
          }
          entries={entries}
        />
      </div>
      {shares && <ShareSheet service={service} onClose={() => setShares(false)} />}
      {error !== undefined && (
        <div className={css.error}>
          <ErrorNotice live error={error} />
        </div>
      )}
    </div>
  );

  function mainButton() {
    switch (main) {
      case 'open':
        return (
          <Button
            look={look}
            icon={<ExternalLink aria-hidden="true" />}
            busy={open.running}
            aria-label={of(texts.open)}
            onClick={() => void open.run({ ...id, which: 'best' })}
          >
            {texts.open}
          </Button>
        );
      case 'openTunnel':
        return (
          <Button
            look={look}
            icon={<Cable aria-hidden="true" />}
            busy={openTunnel.running}
            aria-label={of(texts.openTunnel)}
            onClick={() => void openTunnel.run(id)}
          >
            {texts.openTunnel}
          </Button>
        );
      case 'closeTunnel':
        return (
          <Button
            icon={<Unplug aria-hidden="true" />}
            busy={closeTunnel.running}
            aria-label={of(texts.closeTunnel)}
            onClick={() => void closeTunnel.run(id)}
          >
            {texts.closeTunnel}
          </Button>
        );
      case 'start':
        return <StartButton container={container} />;
      case 'check':
        return (
          <Button
            icon={<RefreshCw aria-hidden="true" />}
            busy={check.running}
            aria-label={of(texts.checkNow)}
            onClick={() => void check.run(id)}
          >
            {check.running ? texts.checking : texts.checkNow}
          </Button>
        );
      case 'none':
        return null;
    }
  }
}

/** Its service is asleep with it. */
function StartButton({ container }: { readonly container: Container }) {
  const { services: texts } = useWords().texts;
  const { askToStart, dialogs } = useContainerActions(container);
  return (
    <>
      <Button
        icon={<Play aria-hidden="true" />}
        busy={container.busy !== undefined}
        aria-label={`${texts.start} ${container.name}`}
        onClick={askToStart}
      >
        {texts.start}
      </Button>
      {dialogs}
    </>
  );
}
