import type { ActivityCode, ActivityLevel } from '../activity-levels.ts';
import type { AppError } from '../result.ts';
import type { Route, RouteReason } from './service.ts';

export { type ActivityCode, type ActivityLevel, activityLevels } from '../activity-levels.ts';

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
