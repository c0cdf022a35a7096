import type { ErrorCode } from '../errors.ts';
import type { MeasuredRoute } from '../model/comparison-record.ts';
import type { Exposure, RouteHealth, Service, TunnelState } from '../model/service.ts';
import type { AppError } from '../result.ts';

/** Everything that a finding is drawn from. */
export interface FindingFacts {
  readonly public: RouteHealth;
  readonly tunnel: RouteHealth;
  readonly tunnelState: TunnelState;
  readonly exposure: Exposure;
  readonly listens?: Service['listens'];
  /** What listens in the container was seen, and this port was not among it. */
  readonly isSilent?: boolean;
  readonly containerRunning: boolean;
  /** When the present run began, where the platform tells. */
  readonly startedAt?: number;
  /** What the comparison measured, where it has lately. */
  readonly measured?: { readonly public: MeasuredRoute; readonly tunnel: MeasuredRoute };
  readonly now?: number;
  /** Does the public address answer to anyone; drawn from its status where it was not judged. */
  readonly isExposed?: boolean;
}

/* Questions about one route. */

export const isMapped = ({ exposure }: FindingFacts): boolean => exposure.kind === 'mapped';
export const works = (health: RouteHealth): boolean => health.state === 'up' || health.state === 'degraded';

/** Why a route is down; `undefined` while it works or nothing is known. */
export const failureOfRoute = (health: RouteHealth): AppError | undefined =>
  health.state === 'down' ? health.error : undefined;

/** Is the route down for one of these reasons? */
export const failsWith = (health: RouteHealth, ...codes: readonly ErrorCode[]): boolean => {
  const code = failureOfRoute(health)?.code;
  return code !== undefined && codes.includes(code);
};

/** The HTTP status of its last answer. */
export const statusOf = (health: RouteHealth): number | undefined =>
  health.state === 'absent' || health.state === 'unknown' ? undefined : health.facts.status;

/** A 2xx: the page itself, without a login in between. A redirect may lead to one, so it is not counted. */
export const answersOpenly = (health: RouteHealth): boolean => {
  const status = statusOf(health);
  return works(health) && status !== undefined && status >= 200 && status < 300;
};

/** Gateways say by these that the service took too long. */
export const isGatewayTimeout = (health: RouteHealth): boolean =>
  failsWith(health, 'public_timeout') && (statusOf(health) === 504 || statusOf(health) === 524);

/* Questions about the tunnel's link. */

/** Why the link behind the tunnel is away, while it is. */
export function linkError({ tunnelState }: FindingFacts): ErrorCode | undefined {
  return tunnelState.kind === 'failed' || tunnelState.kind === 'reconnecting'
    ? tunnelState.error.code
    : undefined;
}

/** The container was asked for the port on its loopback and nothing took the connection. */
export const targetRefused = ({ tunnelState, tunnel }: FindingFacts): boolean =>
  (tunnelState.kind === 'unanswered' && tunnelState.error.code === 'target_refused') ||
  failsWith(tunnel, 'target_refused');

/** An address that neither a tunnel to 127.0.0.1 nor anybody else's loopback reaches. */
export const otherAddress = ({ listens }: FindingFacts): string | undefined => {
  const { addresses } = listens ?? {};
  if (addresses === undefined || addresses.some((address) => reachedByLoopback.has(address)))
    return undefined;
  return addresses[0];
};
const reachedByLoopback: ReadonlySet<string> = new Set(['0.0.0.0', '::', '127.0.0.1']);
