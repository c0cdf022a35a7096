import type { Container } from '../../../shared/model/container.ts';
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

/**
 * Services that speak OpenAI's protocol, or whose process is a server of models although nobody could ask it yet: those
 * that answer now first, then those that run, then by name. Pure.
 */
export function modelServices(
  services: Readonly<Record<string, Service>>,
  containers: Readonly<Record<string, Container>>,
): readonly Service[] {
  const rank = (service: Service) => {
    const container = Object.hasOwn(containers, service.containerId)
      ? containers[service.containerId]
      : undefined;
    if (container?.status.kind !== 'running') return 2;
    return routesTo(service).length > 0 ? 0 : 1;
  };
  return Object.values(services)
    .filter(
      ({ kind, listens }) => isModelServer(kind) || (kind === undefined && isModelProcess(listens?.process)),
    )
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** As the kernel calls them: `/proc/PID/comm`. */
const isModelProcess = (process: string | undefined): boolean =>
  process !== undefined && /^(?:vllm|VLLM|sglang|llama-server|ollama|lmdeploy|tabby)/.test(process);

/** Does a client need a key: the server says so, or one is kept for it. */
export const needsKey = ({ kind, local }: Service): boolean =>
  kind?.guarded === true || local?.details?.hasCredential === true;
