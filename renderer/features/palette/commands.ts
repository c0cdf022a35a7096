import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { NewThing } from '../../store/dialogs.ts';
import type { Words } from '../../words/use-words.ts';
import { forwardText } from '../connections/index.ts';
import { accountCommands } from './account-commands.ts';
import type { Command, CommandGroup, Order } from './command.ts';
import { connectionCommands, containerCommands } from './container-commands.ts';
import type { Known } from './known.ts';
import { launchCommands } from './launch-commands.ts';
import { openCommands } from './open-commands.ts';
import { serviceCommands } from './service-commands.ts';

/** Everything that can be done now, services first. Pure. */
export function commandGroups(known: Known, words: Words): readonly CommandGroup[] {
  const { texts } = words;
  const services = Object.values(known.services).sort((a, b) => a.name.localeCompare(b.name));
  const marked = new Set(known.settings.marked);
  const ofServices = services.map((service) =>
    serviceCommands(service, known.containers[service.containerId], marked.has(service.id), words),
  );
  return [
    { title: texts.places.services, commands: ofServices.flatMap(({ usual }) => usual) },
    {
      title: texts.palette.go,
      commands: [
        ...known.places.map(({ place, text, keys }) => ({
          id: `place ${place.kind}`,
          text,
          note: keys,
          deed: { kind: 'go', place } as const,
        })),
        ...Object.values(known.containers).flatMap((container) => containerCommands(container, words)),
        ...Object.values(known.connections).flatMap((connection) =>
          connectionCommands(connection, forwardText, words),
        ),
        ...Object.values(known.launches).flatMap((launch) => launchCommands(launch, words)),
      ],
    },
    { title: texts.openIn.title, commands: openCommands(known, words) },
    { title: texts.palette.more, commands: otherCommands(known, words) },
    { title: texts.palette.moreServices, commands: ofServices.flatMap(({ others }) => others) },
  ].filter(({ commands }) => commands.length > 0);
}

function otherCommands(
  { accounts, containers: known, settings: chosen, comparison, audit, proxy }: Known,
  words: Words,
): readonly Command[] {
  const { texts, colon } = words;
  const {
    settings,
    containers,
    palette,
    desktop,
    preferences,
    measure,
    services,
    connections,
    creation,
    inspector,
    history,
  } = texts;
  const set = (text: string, value: string, input: RequestInput<'shell.settings'>): Command => ({
    id: `set ${JSON.stringify(input)}`,
    text: `${text}${colon}${value}`,
    deed: { kind: 'ask', name: 'shell.settings', input },
  });
  const turn = (name: 'closeToTray' | 'launchAtLogin' | 'notifications', text: string): Command =>
    set(text, chosen[name] ? palette.off : palette.on, { [name]: !chosen[name] });
  const order = (id: string, text: string, note: string, deed: Omit<Order, 'kind'>): Command => ({
    id,
    text,
    note,
    deed: { kind: 'ask', ...deed } as Order,
  });
  const make = (dialog: NewThing, text: string, note: string): Command => ({
    id: dialog,
    text,
    note,
    deed: { kind: 'show', dialog },
  });
  return [
    // A service is added to a container.
    ...(Object.keys(known).length > 0 ? [make('new-service', services.add, services.title)] : []),
    make('new-connection', connections.add, connections.title),
    make('new-connections', connections.importTitle, connections.title),
    make('new-container', creation.action, containers.title),
    {
      id: 'refresh',
      text: palette.refresh,
      note: containers.title,
      deed: { kind: 'ask', name: 'containers.refresh', input: {} },
    },
    {
      id: 'compare-all',
      text: palette.compareAll,
      deed: { kind: 'ask', name: 'comparison.start', input: { serviceIds: [] } },
    },
    {
      id: 'audit',
      text: measure.audit.action,
      deed: { kind: 'ask', name: 'audit.start', input: { serviceIds: [] } },
    },
    ...(comparison.kind === 'running'
      ? [
          order('stop-comparison', measure.comparison.cancel, texts.places.compare, {
            name: 'comparison.cancel',
            input: {},
          }),
        ]
      : []),
    ...(audit.kind === 'running'
      ? [order('stop-audit', measure.audit.stop, measure.audit.action, { name: 'audit.cancel', input: {} })]
      : []),
    ...httpsCommands(proxy, words),
    order('har', inspector.exportHar, texts.places.inspector, { name: 'shell.exportHar', input: {} }),
    {
      ...order('clear-requests', inspector.clear, texts.places.inspector, {
        name: 'inspector.clear',
        input: {},
      }),
      subject: texts.places.inspector,
    },
    order('save-activity', desktop.activity.save, desktop.activity.title, {
      name: 'shell.save',
      input: { kind: 'activity' },
    }),
    {
      id: 'clear-activity',
      text: desktop.activity.clear,
      note: desktop.activity.title,
      deed: {
        kind: 'confirm',
        question: {
          title: history.clearTitle,
          text: history.clearText,
          action: desktop.activity.clear,
          danger: true,
          order: { kind: 'ask', name: 'shell.clearActivity', input: {} },
        },
      },
    },
    set(settings.theme, settings.system, { theme: 'system' }),
    set(settings.theme, settings.light, { theme: 'light' }),
    set(settings.theme, settings.dark, { theme: 'dark' }),
    set(settings.language, settings.system, { language: 'system' }),
    set(settings.language, settings.english, { language: 'en' }),
    set(settings.language, settings.chinese, { language: 'zh-CN' }),
    turn('closeToTray', preferences.closeToTray),
    turn('launchAtLogin', preferences.launchAtLogin),
    turn('notifications', preferences.notifications),
    { id: 'export', text: desktop.transfer.export, deed: { kind: 'show', dialog: 'export' } },
    { id: 'import', text: desktop.transfer.import, deed: { kind: 'show', dialog: 'import' } },
    {
      id: 'report',
      text: desktop.activity.report,
      deed: { kind: 'ask', name: 'shell.save', input: { kind: 'report' } },
    },
    {
      id: 'reset',
      text: desktop.settings.resetAll,
      deed: {
        kind: 'confirm',
        question: {
          title: preferences.resetAllTitle,
          text: preferences.resetAllText,
          action: desktop.settings.reset,
          order: { kind: 'ask', name: 'shell.resetSettings', input: {} },
        },
      },
    },
    ...accountCommands(Object.values(accounts), words),
  ];
}

/** HTTPS at local addresses, and whether the system trusts the authority behind it. */
function httpsCommands(proxy: Known['proxy'], { texts, colon }: Words): readonly Command[] {
  if (proxy.kind !== 'listening') return [];
  const { localAddress: said, palette } = texts;
  const { https, trusted = false } = proxy;
  const isOn = https !== undefined;
  const note = texts.places.settings;
  return [
    {
      id: 'https',
      text: `${said.https}${colon}${isOn ? palette.off : palette.on}`,
      note,
      deed: { kind: 'ask', name: 'proxy.setHttps', input: { on: !isOn } },
    },
    ...(trusted
      ? [
          {
            id: 'distrust',
            text: said.distrust,
            note,
            deed: { kind: 'ask', name: 'proxy.setTrusted', input: { on: false } },
          } as const,
        ]
      : []),
    ...(isOn && !trusted
      ? [
          {
            id: 'trust',
            text: said.trustAsk,
            note,
            deed: { kind: 'ask', name: 'proxy.setTrusted', input: { on: true } },
          } as const,
        ]
      : []),
  ];
}
