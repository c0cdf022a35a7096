import { app, clipboard, Notification } from 'electron';
import { assertNever } from '../../shared/assert-never.ts';
import type { WindowCommand } from '../../shared/contract/commands.ts';
import type { Change, EngineState } from '../../shared/contract/state.ts';
import type { EngineLife } from '../../shared/model/settings.ts';
import type { Result } from '../../shared/result.ts';
import { errorSentence, words } from '../../shared/words/index.ts';
import { type ActivityLog, happeningsBetween } from './activity/index.ts';
import type { Dispatch } from './dispatch.ts';
import { createEngineMirror } from './engine-mirror.ts';
import { gather } from './gather.ts';
import { createNotifier, type Notice, notificationText } from './notifications/index.ts';
import type { ShellPublished } from './shell-state.ts';
import { openTray, type TrayControl, type TrayDoes, trayView } from './tray/index.ts';

/** What Gearway shows outside its window: tray, notifications, badge; and what it notes of all that happens. */
export interface Desktop {
  hear(change: Change<'engine'>): void;
  noteLife(life: EngineLife): void;
  engine(): EngineState;
  /** Calls after every change of the engine's state. Gives the way to stop. */
  watch(listener: () => void): () => void;
  /** Settings changed: words, marks. */
  refresh(): void;
  /** The machine woke up, or its network changed. */
  startOver(): void;
  openTray(): void;
  stop(): void;
}

/** So often a tray is drawn at most, in ms: an eye does not follow it more closely. */
const drawMs = 500;

export function createDesktop(options: {
  readonly state: ShellPublished;
  readonly activity: ActivityLog;
  readonly dispatch: () => Dispatch;
  readonly isWatched: () => boolean;
  readonly showWindow: () => void;
  readonly command: (command: WindowCommand) => void;
  readonly quit: () => void;
}): Desktop {
  const { state, activity } = options;
  let tray: TrayControl | undefined;
  let badge = 0;
  const watchers = new Set<() => void>();

  const mirror = createEngineMirror((before, after) => {
    for (const happening of happeningsBetween(before, after)) activity.add(happening);
    look();
    for (const watcher of [...watchers]) watcher();
  });
  const look = () => {
    const { settings } = state.read();
    notifier.look(mirror.read(), settings.notifications ? settings.marked : none);
    draw.ask();
  };

  const notifier = createNotifier({
    now: () => Date.now(),
    after(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    isWatched: options.isWatched,
    tell: (notice) => tell(notificationText(notice, state.read().language), subjectOf(notice)),
  });

  const draw = gather(drawMs, () => {
    const { engine: life, settings, language } = state.read();
    const view = trayView({ engine: mirror.read(), life, marked: settings.marked, language });
    tray?.show(view);
    const count = view.trouble;
    if (count === badge) return;
    badge = count;
    // Docks of macOS and some of Linux; elsewhere nothing happens.
    app.setBadgeCount(count);
  });

  function tell(text: { readonly title: string; readonly body: string }, serviceId?: string) {
    if (!Notification.isSupported()) return;
    const notification = new Notification(text);
    notification.on('click', () => {
      options.showWindow();
      if (serviceId !== undefined) options.command({ kind: 'service', serviceId });
    });
    notification.show();
  }

  /** An order from the tray has no page that could show its failure. */
  async function order(asked: Promise<Result<unknown>>) {
    const result = await asked;
    if (result.ok || result.error.code === 'cancelled') return;
    const { language } = state.read();
    tell({ title: words[language].desktop.tray.failed, body: errorSentence(result.error, language) });
  }

  function act(does: TrayDoes) {
    const dispatch = options.dispatch();
    switch (does.kind) {
      case 'show':
        return options.showWindow();
      case 'quit':
        return options.quit();
      case 'open':
        return void order(
          dispatch.ask(
            'shell.open',
            { serviceId: does.serviceId, which: 'best' },
            new AbortController().signal,
          ),
        );
      case 'openTunnel':
        return void order(
          dispatch.ask('tunnels.open', { serviceId: does.serviceId }, new AbortController().signal),
        );
      case 'closeTunnel':
        return void order(
          dispatch.ask('tunnels.close', { serviceId: does.serviceId }, new AbortController().signal),
        );
      case 'copyAddress': {
        const service = mirror.read().services[does.serviceId];
        const tunnel = service?.tunnel.local;
        const address = service?.local?.url ?? (tunnel && `${tunnel.host}:${tunnel.port}`);
        if (address !== undefined) clipboard.writeText(address);
        return;
      }
      case 'details':
        options.showWindow();
        return options.command({ kind: 'service', serviceId: does.serviceId });
      default:
        return assertNever(does, 'tray action');
    }
  }

  return {
    hear: mirror.hear,
    engine: mirror.read,
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    noteLife(life) {
      if (life.kind === 'restarting') activity.add({ code: 'engine_died' });
      if (life.kind === 'running')
        activity.add({ code: life.restarts > 0 ? 'engine_restarted' : 'app_started' });
      draw.ask();
    },
    refresh: look,
    startOver: () => notifier.startOver(),
    openTray() {
      tray ??= openTray(act);
      draw.ask();
    },
    stop() {
      notifier.stop();
      draw.stop();
      tray?.close();
      tray = undefined;
    },
  };
}

const none: readonly string[] = [];

const subjectOf = (notice: Notice): string | undefined =>
  'service' in notice ? notice.service.id : undefined;
