import type { EngineState } from '../../../shared/contract/state.ts';
import type { Service, TunnelState } from '../../../shared/model/service.ts';
import type { EngineLife } from '../../../shared/model/settings.ts';
import { shownLine } from '../../../shared/shown-text.ts';
import { type ServiceState, serviceState } from '../../../shared/verdicts/index.ts';
import { fill, type Language, words } from '../../../shared/words/index.ts';

/** One entry of the tray's menu, as plain data. */
export type TrayEntry =
  | { readonly kind: 'separator' }
  /** Says something and does nothing. */
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'item'; readonly label: string; readonly does: TrayDoes; readonly enabled?: boolean }
  | { readonly kind: 'check'; readonly label: string; readonly checked: boolean; readonly does: TrayDoes }
  | { readonly kind: 'menu'; readonly label: string; readonly entries: readonly TrayEntry[] };

export type TrayDoes =
  | { readonly kind: 'show' | 'quit' }
  | {
      readonly kind: 'open' | 'details' | 'openTunnel' | 'closeTunnel' | 'copyAddress';
      readonly serviceId: string;
    };

/** What the tray shows: its menu, the sentence under the pointer, and how many marked services are down. */
export interface TrayView {
  readonly entries: readonly TrayEntry[];
  readonly tooltip: string;
  readonly trouble: number;
}

/** A menu that is longer than a screen cannot be used; the window has all of them. */
const mostServices = 20;

/** State has a shape as well as a word: a menu has no colours. */
const shapes: Readonly<Record<ServiceState, string>> = {
  up: '●',
  degraded: '▲',
  down: '■',
  closed: '○',
  unknown: '○',
};

/**
 * The tray for one state. Pure, and without anything that changes by itself (times, milliseconds): an equal view
 * means that nothing needs to be drawn. Marked services come first, then what is in trouble, then open tunnels.
 */
export function trayView(options: {
  readonly engine: EngineState;
  readonly life: EngineLife;
  readonly marked: readonly string[];
  readonly language: Language;
}): TrayView {
  const { engine, marked, language } = options;
  const { tray } = words[language].desktop;
  const services = Object.values(engine.services);
  const shown = services
    .toSorted((a, b) => rank(a, marked) - rank(b, marked) || compareNames(a, b))
    .slice(0, mostServices);
  const inTrouble = services.filter(
    (service) => marked.includes(service.id) && serviceState(service) === 'down',
  );
  const summary = summaryOf(options, inTrouble.length);
  const entries: TrayEntry[] = [
    { kind: 'item', label: tray.show, does: { kind: 'show' } },
    { kind: 'text', label: summary },
    { kind: 'separator' },
    ...shown.map((service) => serviceEntry(service, language)),
  ];
  if (services.length > shown.length)
    entries.push({
      kind: 'item',
      label: fill(tray.more, { count: services.length - shown.length }) ?? tray.more,
      does: { kind: 'show' },
    });
  if (shown.length > 0) entries.push({ kind: 'separator' });
  entries.push({ kind: 'item', label: tray.quit, does: { kind: 'quit' } });
  return { entries, tooltip: `Gearway: ${summary}`, trouble: inTrouble.length };
}

function serviceEntry(service: Service, language: Language): TrayEntry {
  const { tray } = words[language].desktop;
  const state = serviceState(service);
  const open = isOpen(service.tunnel.state);
  const { id: serviceId } = service;
  const reachable = service.protocol !== 'tcp' && (state === 'up' || state === 'degraded');
  return {
    kind: 'menu',
    label: [
      `${shapes[state]} ${shownLine(service.name)}: ${tray.states[state]}`,
      open ? tray.withTunnel : '',
      service.exposed === undefined ? '' : tray.openToAnyone,
    ].join(''),
    entries: [
      { kind: 'item', label: tray.open, does: { kind: 'open', serviceId }, enabled: reachable },
      {
        kind: 'check',
        label: tray.tunnel,
        checked: open,
        does: { kind: open ? 'closeTunnel' : 'openTunnel', serviceId },
      },
      {
        kind: 'item',
        label: tray.copy,
        does: { kind: 'copyAddress', serviceId },
        enabled: service.local !== undefined || service.tunnel.local !== undefined,
      },
      { kind: 'item', label: tray.details, does: { kind: 'details', serviceId } },
    ],
  };
}

/** Wanted open, whatever its connection does just now. */
const isOpen = (state: TunnelState): boolean => state.kind !== 'closed' && state.kind !== 'failed';

function summaryOf(
  {
    engine,
    life,
    language,
  }: { readonly engine: EngineState; readonly life: EngineLife; readonly language: Language },
  inTrouble: number,
): string {
  const { tray } = words[language].desktop;
  if (life.kind === 'restarting') return tray.restarting;
  if (engine.session.kind === 'none') return tray.nobody;
  if (inTrouble > 0) return fill(tray.trouble, { count: inTrouble }) ?? tray.trouble;
  const services = Object.values(engine.services);
  const up = services.filter((service) => serviceState(service) === 'up').length;
  return fill(tray.summary, { up, all: services.length }) ?? tray.summary;
}

const order: Readonly<Record<ServiceState, number>> = { down: 1, degraded: 2, up: 3, unknown: 4, closed: 5 };

function rank(service: Service, marked: readonly string[]): number {
  if (marked.includes(service.id)) return 0;
  const state = serviceState(service);
  return state === 'up' && isOpen(service.tunnel.state) ? 2.5 : order[state];
}

const compareNames = (a: Service, b: Service): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
