import { assertNever } from '../../shared/assert-never.ts';
import type { EngineState } from '../../shared/contract/state.ts';
import type { Exposure, RouteHealth, Service } from '../../shared/model/service.ts';
import { shownLine } from '../../shared/shown-text.ts';
import { words } from '../../shared/words/index.ts';

/** The services as a table for a terminal: one line each, grouped by container. */
export function serviceTable(state: EngineState): string {
  const services = Object.values(state.services);
  if (services.length === 0) return 'No services.';
  const names = new Map(Object.values(state.containers).map((container) => [container.id, container.name]));
  const rows = services
    .map((service) => [
      names.get(service.containerId) ?? '',
      service.name,
      `:${service.port}`,
      service.kindName ?? '',
      publicCell(service),
      healthWord(service.health.tunnel, tunnelWord(service)),
      service.local?.url ?? '',
    ])
    .map((row) => row.map(shownLine))
    .sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
  const table = [['CONTAINER', 'SERVICE', 'PORT', 'KIND', 'PUBLIC', 'TUNNEL', 'LOCAL ADDRESS'], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => (row[column] ?? '').length)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function publicCell(service: Service): string {
  const { exposure, exposed } = service;
  const mark = exposed === undefined ? '' : ` (${words.en.services.openToAnyone})`;
  if (exposure.kind === 'mapped')
    return `${healthWord(service.health.public, 'unknown')} ${exposure.url}${mark}`;
  return exposureWord(exposure);
}

function exposureWord(exposure: Exclude<Exposure, { kind: 'mapped' }>): string {
  switch (exposure.kind) {
    case 'waiting':
      return `stopped ${exposure.url}`;
    case 'pending':
      return `after restart ${exposure.url}`;
    case 'unmapped':
      return 'not mapped';
    case 'tcp':
      return 'no public route (TCP)';
    case 'reserved':
      return 'reserved port';
    default:
      return assertNever(exposure, 'exposure');
  }
}

const tunnelWord = (service: Service): string =>
  service.tunnel.state.kind === 'connected' && service.tunnel.local !== undefined
    ? `open ${service.tunnel.local.host}:${service.tunnel.local.port}`
    : service.tunnel.state.kind;

function healthWord(health: RouteHealth, otherwise: string): string {
  switch (health.state) {
    case 'absent':
    case 'unknown':
      return otherwise;
    case 'up':
      return `up ${Math.round(health.facts.totalMs)} ms`;
    case 'degraded':
    case 'down':
      return `${health.state} (${health.error.code})`;
    default:
      return assertNever(health, 'health');
  }
}
