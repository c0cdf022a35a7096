import type { EngineState } from '../../shared/contract/state.ts';
import type { Container } from '../../shared/model/container.ts';
import { type RouteHealth, serviceId } from '../../shared/model/service.ts';

/** The SSH server of a container is offered a little after it runs; this long, in ms, it may be waited for. */
const sshOfferMs = 60_000;

/** Every container was looked into, every service that is known is listed, and every route answered or failed. Pure. */
export function isSettled(state: EngineState, now: number): boolean {
  const { session } = state;
  if (session.kind !== 'open' || session.reach.kind === 'asking') return false;
  if (session.reach.kind === 'failed') return true;
  const running = Object.values(state.containers).filter(({ status }) => status.kind === 'running');
  return (
    running.every((container) => isLookedInto(container, now) && isListed(container, state)) &&
    Object.values(state.services).every(({ health, exposure }) => {
      const isHeard = ({ state: health }: RouteHealth) => health !== 'unknown';
      const isAsked = exposure.kind !== 'mapped' || health.public.state !== 'absent';
      return isAsked && isHeard(health.public) && isHeard(health.tunnel);
    })
  );
}

function isLookedInto({ ssh, look, mode, startedAt }: Container, now: number): boolean {
  if (look.kind === 'done' || look.kind === 'failed') return true;
  const mayStillCome = mode === 'WORKSPACE' && startedAt !== undefined && now - startedAt < sshOfferMs;
  return ssh === undefined && !mayStillCome;
}

const isListed = ({ id, mappings }: Container, { services }: EngineState): boolean =>
  mappings === 'unknown' || mappings.every(({ port }) => services[serviceId(id, port)] !== undefined);
