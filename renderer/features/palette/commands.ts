import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { EngineState } from '../../../shared/contract/state.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { NewThing } from '../../store/dialogs.ts';
import type { Place } from '../../store/place.ts';
import type { Words } from '../../words/use-words.ts';
import { forwardText } from '../connections/connection-view.ts';
import type { Command, CommandGroup } from './command.ts';
import { connectionCommands, containerCommands } from './container-commands.ts';
import { serviceCommands } from './service-commands.ts';

/** What the palette has to know. */
export interface Known
  extends Pick<EngineState, 'services' | 'containers' | 'connections' | 'launches' | 'accounts'> {
  readonly settings: Settings;
  readonly places: readonly { readonly place: Place; readonly text: string; readonly keys?: string }[];
}

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
        ...Object.values(known.launches).map(({ id, name }) => ({
          id: `log ${id}`,
          text: words.say(texts.launch.showLog, { name }),
          note: texts.launch.title,
          deed: { kind: 'go', place: { kind: 'launch', id } } as const,
        })),
      ],
    },
    { title: texts.palette.more, commands: otherCommands(known, words) },
    { title: texts.palette.moreServices, commands: ofServices.flatMap(({ others }) => others) },
  ].filter(({ commands }) => commands.length > 0);
}

function otherCommands(
  { accounts, containers: known, settings: chosen }: Known,
  words: Words,
): readonly Command[] {
  const {
    settings,
    containers,
    account,
    accounts: said,
    palette,
    desktop,
    preferences,
    measure,
    services,
    connections,
    creation,
  } = words.texts;
  const set = (text: string, value: string, input: RequestInput<'shell.settings'>): Command => ({
    id: `set ${JSON.stringify(input)}`,
    text: `${text}: ${value}`,
    deed: { kind: 'ask', name: 'shell.settings', input },
  });
  const turn = (name: 'closeToTray' | 'launchAtLogin' | 'notifications', text: string): Command =>
    set(text, chosen[name] ? palette.off : palette.on, { [name]: !chosen[name] });
  const others = Object.values(accounts).filter(({ open }) => !open);
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
      deed: { kind: 'ask', name: 'lab.start', input: { serviceIds: [] } },
    },
    {
      id: 'audit',
      text: measure.audit.action,
      deed: { kind: 'ask', name: 'audit.start', input: { serviceIds: [] } },
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
    ...others.map(
      ({ id, account: { user, instance } }): Command => ({
        id: `account ${id}`,
        text: words.say(said.switchTo, {
          user,
          where: instance.kind === 'local' ? account.local : instance.name,
        }),
        note: account.label,
        deed: { kind: 'ask', name: 'session.switch', input: { accountId: id } },
      }),
    ),
    { id: 'sign-out', text: account.signOut, deed: { kind: 'ask', name: 'session.signOut', input: {} } },
  ];
}
