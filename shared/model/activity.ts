import type { AppError } from '../result.ts';
import type { Route, RouteReason } from './service.ts';

/** Everything that can stand in the list of what happened, with how much it matters. */
export const activityLevels = {
  service_up: 'good',
  service_degraded: 'warning',
  service_down: 'bad',
  route_changed: 'info',
  route_lost: 'bad',
  tunnel_connected: 'good',
  tunnel_reconnecting: 'warning',
  tunnel_unanswered: 'warning',
  tunnel_failed: 'bad',
  tunnel_closed: 'info',
  container_running: 'good',
  container_waiting: 'info',
  container_ended: 'info',
  container_failed: 'bad',
  container_problem: 'bad',
  account_opened: 'info',
  account_closed: 'info',
  platform_silent: 'warning',
  platform_answers: 'good',
  proxy_listening: 'info',
  proxy_failed: 'bad',
  engine_died: 'bad',
  engine_restarted: 'good',
  system_sleeps: 'info',
  system_woke: 'info',
  network_changed: 'info',
  action_done: 'info',
  action_failed: 'bad',
} as const;
export type ActivityCode = keyof typeof activityLevels;
export type ActivityLevel = (typeof activityLevels)[ActivityCode];

/** What happened, as whoever noticed it says it. No secret is in it. */
export interface Happening {
  readonly code: ActivityCode;
  /** What it happened to, with the name that it had then. */
  readonly subject?: { readonly kind: 'service' | 'container'; readonly id: string; readonly name: string };
  readonly route?: Route;
  readonly reason?: RouteReason;
  readonly port?: number;
  /** With `action_*`: the request. */
  readonly action?: ActionName;
  readonly error?: AppError;
}

/** One line of the list. What repeats within a minute is counted and not written again. */
export interface ActivityEvent extends Happening {
  /** Counts up; a later one happened later. */
  readonly id: number;
  /** The first and the last time, milliseconds since the epoch. */
  readonly at: number;
  readonly lastAt: number;
  readonly times: number;
}

/** The requests that are worth a line when a person made them; looking at something is not. */
export const actionNames = [
  'session.try',
  'session.signIn',
  'session.signOut',
  'containers.start',
  'containers.stop',
  'containers.restart',
  'mappings.add',
  'mappings.remove',
  'mappings.discard',
  'services.add',
  'services.remove',
  'services.setRoute',
  'services.compare',
  'tunnels.open',
  'tunnels.close',
  'hostKeys.accept',
  'shell.open',
  'shell.export',
  'shell.import',
  'shell.save',
] as const;
export type ActionName = (typeof actionNames)[number];
export const isActionName = (name: string): name is ActionName =>
  (actionNames as readonly string[]).includes(name);

/** Narrows the list: any part may be left out. */
export interface ActivityFilter {
  readonly subjectId?: string;
  readonly levels?: readonly ActivityLevel[];
}
