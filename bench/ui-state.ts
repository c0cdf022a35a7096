import type { EngineState } from '../shared/contract/state.ts';
import type { Container } from '../shared/model/container.ts';
import type { Service } from '../shared/model/service.ts';

/** Services of each container, one of them without a tunnel, one down. */
const perContainer = 3;

/** A platform with so many containers and three services in each; everything else as it was. */
export function crowdedState(state: EngineState, containers: number): EngineState {
  const made = Array.from({ length: containers }, (_, index) => makeContainer(index));
  const services = made.flatMap(({ id }, index) =>
    Array.from({ length: perContainer }, (_, nth) => makeService(id, index * perContainer + nth, containers)),
  );
  return { ...state, containers: byId(made), services: byId(services) };
}

/** The same service as the next probe leaves it: another time, another line. */
export function probedAgain(service: Service, round: number): Service {
  const { health } = service;
  if (health.public.state !== 'up') return service;
  const recentMs = [...health.public.recentMs.slice(1), 10 + ((round * 7) % 30)];
  return { ...service, health: { ...health, public: { ...health.public, recentMs } } };
}

const byId = <T extends { readonly id: string }>(members: readonly T[]): Record<string, T> =>
  Object.fromEntries(members.map((member) => [member.id, member]));

const makeContainer = (index: number): Container => ({
  id: `container${String(index).padStart(4, '0')}`,
  projectId: 'project',
  name: `lab-${index}`,
  mode: 'WORKSPACE',
  status: { kind: 'running' },
  runId: `run-${index}`,
  mappings: [],
  look: { kind: 'never' },
  ssh: { user: 'root', host: 'ssh.example', port: 30_000 + index },
});

/** The name of the one that stands first in the list of so many containers. */
export const firstName = (containers: number): string => `web-${containers}-0`;

function makeService(containerId: string, nth: number, containers: number): Service {
  const port = 8_000 + (nth % perContainer);
  const facts = { at: Date.now(), steps: [], totalMs: 20, firstByteMs: 12, status: 200 };
  return {
    id: `${containerId}:${port}`,
    containerId,
    port,
    name: `web-${containers}-${nth}`,
    kindName: 'Gradio',
    protocol: 'http',
    exposure: { kind: 'mapped', url: `https://demo-service-${nth}.gear.example` },
    byHand: false,
    tunnel: { state: { kind: 'closed' } },
    health: {
      public:
        nth % perContainer === 2
          ? { state: 'down', since: Date.now(), error: { code: 'public_bad_gateway' }, facts, recentMs: [] }
          : { state: 'up', verifiedAt: Date.now(), facts, recentMs: [12, 14, 11, 13, 12, 18, 12, 11] },
      tunnel: { state: 'absent' },
    },
    findings: [],
    local: { url: `http://service-${nth}.localhost:7700/`, choice: 'auto', reason: 'public_healthy' },
  } as Service;
}
