import type { EngineState } from '../../../shared/contract/state.ts';
import type { Happening } from '../../../shared/model/activity.ts';
import type { AgentsState } from '../../../shared/model/agent.ts';
import type { Connection } from '../../../shared/model/connection.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import type { Service } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import { asksPerson, type ServiceState, serviceState } from '../../../shared/verdicts/index.ts';

/**
 * What happened between two states of the engine. Pure. What is seen for the first time is no news, except that it
 * is broken; what went away with its container or account is told once, by that.
 */
export function happeningsBetween(before: EngineState, after: EngineState): readonly Happening[] {
  return [
    ...accountHappenings(before, after),
    ...proxyHappenings(before, after),
    ...agentHappenings(before.agents, after.agents),
    ...members(before.containers, after.containers).flatMap(([old, now]) => containerHappenings(old, now)),
    ...members(before.services, after.services).flatMap(([old, now]) => serviceHappenings(old, now)),
    ...members(before.connections, after.connections).flatMap(([old, now]) => forwardHappenings(old, now)),
    ...members(before.launches, after.launches).flatMap(([old, now]) => launchHappenings(old, now)),
  ];
}

/** The members that changed, each with what it was. */
function members<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): readonly (readonly [T | undefined, T])[] {
  if (before === after) return [];
  return Object.entries(after).flatMap(([id, now]) =>
    before[id] === now ? [] : [[before[id], now] as const],
  );
}

function accountHappenings(before: EngineState, after: EngineState): readonly Happening[] {
  const [old, now] = [before.session, after.session];
  if (old === now) return [];
  if (now.kind === 'open' && (old.kind !== 'open' || old.account.id !== now.account.id))
    return [{ code: 'account_opened' }];
  if (old.kind === 'open' && now.kind !== 'open') return [{ code: 'account_closed' }];
  if (old.kind !== 'open' || now.kind !== 'open') return [];
  if (old.reach.kind !== 'failed' && now.reach.kind === 'failed')
    return [{ code: 'platform_silent', error: now.reach.error }];
  if (old.reach.kind === 'failed' && now.reach.kind === 'answered') return [{ code: 'platform_answers' }];
  return [];
}

/** What an agent did or was kept from stands in the list as the agent's, whoever allowed it. */
function agentHappenings(before: AgentsState, after: AgentsState): readonly Happening[] {
  if (before.deeds === after.deeds) return [];
  const known = new Set(before.deeds.map(({ id }) => id));
  return after.deeds
    .filter(({ id }) => !known.has(id))
    .map(({ agent, action, subject, error }) => ({
      code: error === undefined ? 'agent_done' : isKeptBack(error) ? 'agent_kept_back' : 'agent_failed',
      agent,
      action,
      subject,
      error,
    }));
}

const isKeptBack = ({ code }: AppError) => code.startsWith('agent_');

function proxyHappenings(before: EngineState, after: EngineState): readonly Happening[] {
  const { proxy } = after;
  if (before.proxy === proxy) return [];
  if (proxy.kind === 'listening') return [{ code: 'proxy_listening', port: proxy.port }];
  return proxy.kind === 'failed' ? [{ code: 'proxy_failed', error: proxy.error }] : [];
}

function containerHappenings(old: Container | undefined, now: Container): readonly Happening[] {
  const subject = { kind: 'container', id: now.id, name: now.name } as const;
  const happenings: Happening[] = [];
  if (now.problem !== undefined && old?.problem?.code !== now.problem.code)
    happenings.push({ code: 'container_problem', subject, error: now.problem });
  if (old === undefined || old.status.kind === now.status.kind) return happenings;
  const code =
    now.status.kind === 'running'
      ? 'container_running'
      : now.status.kind === 'pending'
        ? 'container_waiting'
        : now.status.how === 'failed'
          ? 'container_failed'
          : 'container_ended';
  return [...happenings, { code, subject }];
}

function serviceHappenings(old: Service | undefined, now: Service): readonly Happening[] {
  const subject = { kind: 'service', id: now.id, name: now.name } as const;
  return [...healthHappenings(old, now), ...tunnelHappenings(old, now), ...routeHappenings(old, now)].map(
    (happening) => ({ ...happening, subject }),
  );
}

function healthHappenings(old: Service | undefined, now: Service): readonly Happening[] {
  const [was, is] = [old === undefined ? 'unknown' : serviceState(old), serviceState(now)];
  if (was === is) return [];
  switch (is) {
    case 'down':
      return [{ code: 'service_down', error: failureOf(now) }];
    case 'degraded':
      return [{ code: 'service_degraded', error: failureOf(now) }];
    case 'up':
      return isTrouble(was) ? [{ code: 'service_up' }] : [];
    case 'closed':
    case 'unknown':
      return [];
  }
}

const isTrouble = (state: ServiceState): boolean => state === 'down' || state === 'degraded';

/** Why it fails, of the route that should work: the public one where there is one. */
export function failureOf({ health }: Pick<Service, 'health'>): Happening['error'] {
  for (const route of [health.public, health.tunnel]) if ('error' in route) return route.error;
  return undefined;
}

/** A forward has no name of its own: it is known by where it leads. */
function forwardHappenings(old: Connection | undefined, now: Connection): readonly Happening[] {
  return now.forwards.flatMap((forward) => {
    const before = old?.forwards.find(({ id }) => id === forward.id);
    const { host, hostPort } = forward;
    const place = hostPort === undefined ? host : `${host}:${hostPort}`;
    const name = place === undefined ? now.name : `${place} (${now.name})`;
    return tunnelHappenings(before, forward).map((happening) => ({
      ...happening,
      subject: { kind: 'connection', id: now.id, name } as const,
    }));
  });
}

/** What is stopped on purpose is told as what the person did; what was over before it was seen is no news. */
function launchHappenings(old: Launch | undefined, { id, name, state }: Launch): readonly Happening[] {
  const failed = old?.state.kind === 'running' && state.kind === 'ended' && state.code !== 0;
  return failed ? [{ code: 'launch_failed', subject: { kind: 'launch', id, name } }] : [];
}

type Tunnelled = Pick<Service, 'tunnel'>;

function tunnelHappenings(old: Tunnelled | undefined, now: Tunnelled): readonly Happening[] {
  const [was, is] = [old?.tunnel.state ?? { kind: 'closed' }, now.tunnel.state];
  if (was.kind === is.kind) return [];
  switch (is.kind) {
    case 'connected':
      return [{ code: 'tunnel_connected', port: now.tunnel.local?.port }];
    case 'reconnecting':
      return [{ code: 'tunnel_reconnecting', error: is.error }];
    case 'unanswered':
      return [{ code: 'tunnel_unanswered', error: is.error }];
    case 'failed':
      return [{ code: asksPerson(is.error) ? 'tunnel_asks' : 'tunnel_failed', error: is.error }];
    case 'closed':
      return [{ code: 'tunnel_closed' }];
    // On the way: the end of it is the news.
    case 'connecting':
    case 'verifying':
      return [];
  }
}

function routeHappenings(old: Service | undefined, now: Service): readonly Happening[] {
  if (old?.local === undefined || now.local === undefined || old.local.route === now.local.route) return [];
  const { route, reason } = now.local;
  // The first guess, for want of any answer: with many services it would bury everything else.
  if (reason === 'not_asked_yet' || (route === undefined && old.local.reason === 'not_asked_yet')) return [];
  if (route === undefined) return [{ code: 'route_lost', reason }];
  return [{ code: 'route_changed', route, reason }];
}
