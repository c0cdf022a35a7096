import type { LlmRoute } from '../../../shared/model/llm.ts';
import type { Service } from '../../../shared/model/service.ts';
import { isModelServer } from '../../../shared/recognition/uses.ts';

/** A way to a model, and the address that clients are given for it. */
export interface ModelRoute {
  readonly route: LlmRoute;
  /** Ends in `/v1`. */
  readonly base: string;
}

/** Every way that leads to this model now, the stable address first. Pure. */
export function routesTo({ local, exposure, tunnel }: Service): readonly ModelRoute[] {
  const routes: ModelRoute[] = [];
  if (local?.route !== undefined) routes.push({ route: 'local', base: baseOf(local.url) });
  if (exposure.kind === 'mapped') routes.push({ route: 'public', base: baseOf(exposure.url) });
  if (tunnel.local !== undefined && tunnel.state.kind !== 'closed')
    routes.push({ route: 'tunnel', base: baseOf(`http://${tunnel.local.host}:${tunnel.local.port}`) });
  return routes;
}

const baseOf = (url: string): string => `${url.replace(/\/+$/, '')}/v1`;

/** Services that speak OpenAI's protocol, by name. Pure. */
export const modelServices = (services: Readonly<Record<string, Service>>): readonly Service[] =>
  Object.values(services)
    .filter(({ kind }) => isModelServer(kind))
    .sort((a, b) => a.name.localeCompare(b.name));

/** Does a client need a key: the server says so, or one is kept for it. */
export const needsKey = ({ kind, local }: Service): boolean =>
  kind?.guarded === true || local?.details?.hasCredential === true;
