import type { RequestInput, RequestName } from '../../../shared/contract/requests.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import type { Place } from '../../store/place.ts';
import type { Words } from '../../words/use-words.ts';

/** What choosing a command does: goes somewhere, shows a dialog, or asks for something. */
export type Deed =
  | { readonly kind: 'go'; readonly place: Place }
  | { readonly kind: 'show'; readonly dialog: 'export' | 'import' }
  | {
      readonly [N in RequestName]: {
        readonly kind: 'ask';
        readonly name: N;
        readonly input: RequestInput<N>;
      };
    }[RequestName];

export interface Command {
  readonly id: string;
  readonly text: string;
  /** Said beside it: whose it is, or its keys. */
  readonly note?: string;
  readonly deed: Deed;
}

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** Everything that can be done now, services first. Pure. */
export function commandGroups(
  known: {
    readonly services: readonly Service[];
    readonly containers: Readonly<Record<string, Container>>;
    readonly places: readonly { readonly place: Place; readonly text: string; readonly keys?: string }[];
  },
  words: Words,
): readonly CommandGroup[] {
  const { texts } = words;
  const services = [...known.services].sort((a, b) => a.name.localeCompare(b.name));
  return [
    {
      title: texts.places.services,
      commands: services.flatMap((service) =>
        serviceCommands(service, known.containers[service.containerId], words),
      ),
    },
    {
      title: texts.palette.go,
      commands: [
        ...known.places.map(({ place, text, keys }) => ({
          id: `place ${place.kind}`,
          text,
          note: keys,
          deed: { kind: 'go', place } as const,
        })),
        ...Object.values(known.containers).map(({ id, name }) => ({
          id: `container ${id}`,
          text: name,
          note: texts.service.container,
          deed: { kind: 'go', place: { kind: 'container', id } } as const,
        })),
      ],
    },
    { title: texts.palette.more, commands: otherCommands(words) },
  ].filter(({ commands }) => commands.length > 0);
}

function serviceCommands(
  service: Service,
  container: Container | undefined,
  { texts: { services: texts, palette } }: Words,
): readonly Command[] {
  const id = { serviceId: service.id };
  const note = container?.name;
  const isRunning = container?.status.kind === 'running';
  const tunnel: Command[] =
    service.tunnel.state.kind === 'closed'
      ? isRunning && container.ssh !== undefined
        ? [
            {
              id: `tunnel ${service.id}`,
              text: `${texts.openTunnel} ${service.name}`,
              note,
              deed: { kind: 'ask', name: 'tunnels.open', input: id },
            },
          ]
        : []
      : [
          {
            id: `close ${service.id}`,
            text: `${texts.closeTunnel} ${service.name}`,
            note,
            deed: { kind: 'ask', name: 'tunnels.close', input: id },
          },
        ];
  return [
    ...(isRunning && service.protocol !== 'tcp'
      ? [
          {
            id: `open ${service.id}`,
            text: `${texts.open} ${service.name}`,
            note,
            deed: { kind: 'ask', name: 'shell.open', input: { ...id, which: 'best' } } as const,
          },
        ]
      : []),
    {
      id: `show ${service.id}`,
      text: `${palette.show} ${service.name}`,
      note: note === undefined ? `:${service.port}` : `${note} :${service.port}`,
      deed: { kind: 'go', place: { kind: 'service', id: service.id } },
    },
    ...tunnel,
  ];
}

function otherCommands({ texts }: Words): readonly Command[] {
  const { settings, containers, account, palette, desktop } = texts;
  const set = (text: string, value: string, input: RequestInput<'shell.settings'>): Command => ({
    id: `set ${JSON.stringify(input)}`,
    text: `${text}: ${value}`,
    deed: { kind: 'ask', name: 'shell.settings', input },
  });
  return [
    {
      id: 'refresh',
      text: palette.refresh,
      note: containers.title,
      deed: { kind: 'ask', name: 'containers.refresh', input: {} },
    },
    set(settings.theme, settings.system, { theme: 'system' }),
    set(settings.theme, settings.light, { theme: 'light' }),
    set(settings.theme, settings.dark, { theme: 'dark' }),
    set(settings.language, settings.english, { language: 'en' }),
    set(settings.language, settings.chinese, { language: 'zh-CN' }),
    { id: 'export', text: desktop.transfer.export, deed: { kind: 'show', dialog: 'export' } },
    { id: 'import', text: desktop.transfer.import, deed: { kind: 'show', dialog: 'import' } },
    {
      id: 'report',
      text: desktop.activity.report,
      deed: { kind: 'ask', name: 'shell.save', input: { kind: 'report' } },
    },
    { id: 'sign-out', text: account.signOut, deed: { kind: 'ask', name: 'session.signOut', input: {} } },
  ];
}
