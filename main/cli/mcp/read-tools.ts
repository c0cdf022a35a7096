import { z } from 'zod';
import type { Service } from '../../../shared/model/service.ts';
import { words } from '../../../shared/words/index.ts';
import { findContainer, findLaunch, findService } from './find.ts';
import { foreign } from './foreign.ts';
import { gave, refused, type Tool, tool } from './tool.ts';

const service = z
  .string()
  .min(1)
  .max(300)
  .describe('name of a service as list_services shows it, or container:port');
/** Of a log, in bytes: what a model can read at once. */
const mostLogBytes = 16_000;

const routesOf = ({ health, exposure, tunnel, local, findings }: Service) => ({
  public: {
    state: health.public.state,
    ...('url' in exposure ? { url: exposure.url } : { why: exposure.kind }),
  },
  tunnel: { state: tunnel.state.kind, ...(tunnel.local === undefined ? {} : { local: tunnel.local }) },
  localAddress: local?.url,
  findings: findings.map(({ code, sure }) => ({ code, sure, says: words.en.finding[code] })),
});

/** What an agent may read without asking. */
export const readTools: readonly Tool[] = [
  tool({
    name: 'list_containers',
    title: 'List containers',
    description: 'Containers of the account: status, what they run on, since when.',
    reads: true,
    input: z.object({}),
    run: async ({ engine }) =>
      gave({
        containers: Object.values(engine.state().containers).map((one) => ({
          id: one.id,
          name: foreign(one.name),
          mode: one.mode,
          status: one.status.kind,
          resource: one.resource,
          startedAt: one.startedAt,
          endsAt: one.endsAt,
          mappings: one.mappings,
        })),
      }),
  }),
  tool({
    name: 'list_services',
    title: 'List services',
    description: 'Services in containers with both routes, their local address and what was found wrong.',
    reads: true,
    input: z.object({}),
    run: async ({ engine }) => {
      const { services, containers } = engine.state();
      return gave({
        services: Object.values(services).map((one) => ({
          id: one.id,
          name: foreign(one.name),
          container: foreign(containers[one.containerId]?.name ?? ''),
          port: one.port,
          kind: one.kindName === undefined ? undefined : foreign(one.kindName),
          ...routesOf(one),
        })),
      });
    },
  }),
  tool({
    name: 'diagnose_service',
    title: 'Diagnose a service',
    description: 'Asks both routes of one service now and says what the answers mean together.',
    reads: true,
    input: z.object({ service }),
    run: async ({ engine, input }) => {
      const found = findService(engine.state(), input.service);
      if (found === undefined) return refused({ code: 'service_not_found' });
      const checked = await engine.ask('services.check', { serviceId: found.id });
      if (!checked.ok) return refused(checked.error);
      return gave({ id: found.id, ...routesOf(engine.state().services[found.id] ?? found) });
    },
  }),
  tool({
    name: 'compare_routes',
    title: 'Compare both routes',
    description: 'Measures the public mapping and the tunnel of one service with the same requests.',
    reads: true,
    input: z.object({ service }),
    run: async ({ engine, input }) => {
      const found = findService(engine.state(), input.service);
      if (found === undefined) return refused({ code: 'service_not_found' });
      const compared = await engine.ask('services.compare', { serviceId: found.id });
      return compared.ok
        ? gave({ comparison: foreign(JSON.stringify(compared.value)) })
        : refused(compared.error);
    },
  }),
  tool({
    name: 'list_launches',
    title: 'List launches',
    description: 'What Gearway started in containers, and whether it runs.',
    reads: true,
    input: z.object({}),
    run: async ({ engine }) =>
      gave({
        launches: Object.values(engine.state().launches).map(({ id, name, recipe, state, port }) => ({
          id,
          name: foreign(name),
          recipe,
          state: state.kind,
          port,
        })),
      }),
  }),
  tool({
    name: 'read_log',
    title: 'Read a log',
    description: 'The end of the log of a launch, or of a container of the platform.',
    reads: true,
    input: z.object({
      launch: z.string().max(300).optional().describe('id or name of a launch'),
      container: z.string().max(300).optional().describe('id or name of a container'),
    }),
    run: async ({ engine, input }) => {
      if (input.launch !== undefined) {
        const found = findLaunch(engine.state(), input.launch);
        if (found === undefined) return refused({ code: 'launch_not_found' });
        const log = await engine.ask('launch.log', { id: found.id, from: -1, most: mostLogBytes });
        return log.ok ? gave({ log: foreign(log.value.text) }) : refused(log.error);
      }
      const found = findContainer(engine.state(), input.container ?? '');
      if (found === undefined) return refused({ code: 'container_not_found' });
      const log = await engine.ask('containers.logs', { containerId: found.id });
      return log.ok ? gave({ log: foreign(JSON.stringify(log.value)) }) : refused(log.error);
    },
  }),
  tool({
    name: 'list_requests',
    title: 'List recorded requests',
    description: 'Requests that went through local addresses, newest first, without secrets.',
    reads: true,
    input: z.object({ service: service.optional(), limit: z.int().min(1).max(200).default(50) }),
    run: async ({ engine, input }) => {
      const found = input.service === undefined ? undefined : findService(engine.state(), input.service);
      if (input.service !== undefined && found === undefined) return refused({ code: 'service_not_found' });
      const listed = await engine.ask('inspector.list', { serviceId: found?.id, limit: input.limit });
      return listed.ok
        ? gave({ requests: foreign(JSON.stringify(listed.value.exchanges)) })
        : refused(listed.error);
    },
  }),
  tool({
    name: 'show_request',
    title: 'Show a recorded request',
    description: 'One recorded request and its answer, without secrets.',
    reads: true,
    input: z.object({ id: z.string().min(1).max(50) }),
    run: async ({ engine, input }) => {
      const shown = await engine.ask('inspector.get', { id: input.id });
      return shown.ok ? gave({ request: foreign(JSON.stringify(shown.value)) }) : refused(shown.error);
    },
  }),
];
