import { z } from 'zod';
import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { AgentAction } from '../../../shared/model/agent.ts';
import { recipeIdSchema } from '../../../shared/model/launch.ts';
import { findContainer, findLaunch, findService } from './find.ts';
import { foreign } from './foreign.ts';
import { gave, refused, type Tool, type ToolContext, tool } from './tool.ts';

const asks = 'The person is asked in the window of Gearway first.';

/** Asks the person, then does it. Without a window nobody can be asked. */
async function act<A extends AgentAction>(context: ToolContext, action: A, input: RequestInput<A>) {
  if (!context.engine.isAttached) return refused({ code: 'agent_unanswered' });
  const done = await context.engine.ask('agents.act', { agent: context.agent(), action, input });
  if (!done.ok) return refused(done.error);
  return gave({ done: true, answer: foreign(JSON.stringify(done.value.answer)) });
}

/** What changes something: each waits for the person. */
export const changeTools: readonly Tool[] = [
  tool({
    name: 'open_tunnel',
    title: 'Open a tunnel',
    description: `Opens the SSH tunnel to a service; list_services then tells its local port. ${asks}`,
    reads: false,
    input: z.object({ service: z.string().min(1).max(300) }),
    run: async ({ input, ...context }) => {
      const found = findService(context.engine.state(), input.service);
      if (found === undefined) return refused({ code: 'service_not_found' });
      return act(context, 'tunnels.open', { serviceId: found.id });
    },
  }),
  tool({
    name: 'close_tunnel',
    title: 'Close a tunnel',
    description: `Closes the SSH tunnel to a service. ${asks}`,
    reads: false,
    input: z.object({ service: z.string().min(1).max(300) }),
    run: async ({ input, ...context }) => {
      const found = findService(context.engine.state(), input.service);
      if (found === undefined) return refused({ code: 'service_not_found' });
      return act(context, 'tunnels.close', { serviceId: found.id });
    },
  }),
  tool({
    name: 'launch_service',
    title: 'Start a service by a recipe',
    description: `Starts a service in a container; the person sees the exact command. ${asks}`,
    reads: false,
    input: z.object({
      container: z.string().min(1).max(300),
      recipe: recipeIdSchema,
      name: z.string().max(200).default(''),
      values: z.record(z.string(), z.string()).default({}).describe('fields of the recipe, as text'),
    }),
    run: async ({ input, ...context }) => {
      const found = findContainer(context.engine.state(), input.container);
      if (found === undefined) return refused({ code: 'container_not_found' });
      const { recipe, name, values } = input;
      return act(context, 'launch.start', { containerId: found.id, recipe, name, values });
    },
  }),
  tool({
    name: 'stop_launch',
    title: 'Stop a launched service',
    description: `Ends what Gearway started in a container. ${asks}`,
    reads: false,
    input: z.object({ launch: z.string().min(1).max(300) }),
    run: async ({ input, ...context }) => {
      const found = findLaunch(context.engine.state(), input.launch);
      return found === undefined
        ? refused({ code: 'launch_not_found' })
        : act(context, 'launch.stop', { id: found.id });
    },
  }),
  tool({
    name: 'add_mapping',
    title: 'Add a port mapping',
    description: `Notes a public mapping for a container; it takes effect at its next start. ${asks}`,
    reads: false,
    input: z.object({
      container: z.string().min(1).max(300),
      port: z.int().min(1).max(65_535),
      name: z.string().max(200).default(''),
    }),
    run: async ({ input, ...context }) => {
      const found = findContainer(context.engine.state(), input.container);
      if (found === undefined) return refused({ code: 'container_not_found' });
      const { name, port } = input;
      return act(context, 'mappings.add', { containerId: found.id, name, port: String(port) });
    },
  }),
];
