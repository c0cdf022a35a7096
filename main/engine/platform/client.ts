import { fail, ok, type Result } from '../../../shared/result.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';
import { createJobReader } from './jobs.ts';
import { createPortsAdapter } from './ports-adapter.ts';
import { queries } from './queries.ts';
import { nextRunInput } from './run-input.ts';
import type { PlatformClient } from './types.ts';
import {
  wireCreatedJob,
  wireCreatedKey,
  wireCreatedProject,
  wireKeys,
  wireMe,
  wireResources,
  wireRestarted,
  wireRuntimes,
  wireStopped,
} from './wire.ts';

/** The only door to one account on one instance. It holds no connection and no timer between calls. */
export function createPlatformClient(options: GatewayOptions): PlatformClient {
  const gateway = createGateway(options);
  const adapter = createPortsAdapter(gateway);
  const jobs = createJobReader(gateway, adapter);
  let user: string | undefined;

  const me: PlatformClient['me'] = async (signal) => {
    const answer = await gateway.ask({ query: queries.me, schema: wireMe, signal });
    if (!answer.ok) return answer;
    if (answer.value.me === null) return fail('token_refused');
    user = answer.value.me.username;
    return ok({ user, email: answer.value.me.email ?? undefined });
  };

  /** Every other operation names its user; asked once. */
  async function asUser<T>(
    signal: AbortSignal,
    call: (user: string) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    if (user !== undefined) return call(user);
    const answer = await me(signal);
    return answer.ok ? call(answer.value.user) : answer;
  }

  const runtimes: PlatformClient['runtimes'] = (signal) =>
    asUser(signal, async (partyId) => {
      const variables = { partyId };
      const answer = await gateway.ask({ query: queries.runtimes, variables, schema: wireRuntimes, signal });
      if (!answer.ok) return answer;
      return ok(
        (answer.value.normalClusterRuntimes ?? []).map((runtime) => ({
          name: runtime.name,
          framework: runtime.framework ?? undefined,
          version: runtime.version ?? undefined,
          device: runtime.device ?? undefined,
          deprecated: runtime.deprecated ?? false,
        })),
      );
    });

  return {
    me,
    runtimes,
    containers: (signal) => asUser(signal, (name) => jobs.all(name, signal)),
    container: (id, signal) =>
      asUser(signal, async (name) => {
        const found = await jobs.one(name, id, signal);
        return found.ok ? ok(found.value.container) : found;
      }),
    createContainer: (wanted, signal) =>
      asUser(signal, async (userId) => {
        const shape = await adapter.shape(signal);
        if (!shape.ok) return shape;
        const { projectId, mode, resource, runtime, command = '' } = wanted;
        const answer = await gateway.ask({
          query: queries.createJob,
          variables: {
            userId,
            input: {
              mode,
              projectId,
              runtime,
              resource,
              dataBindings: [],
              parameters: [],
              ...(mode === 'TASK' ? { newTask: { command } } : { newWorkspace: {} }),
              ...shape.value.writeMappings('CreateJobInput', wanted.mappings),
            },
          },
          schema: wireCreatedJob,
          signal,
          writes: true,
        });
        return answer.ok ? ok({ id: answer.value.createJob.id }) : answer;
      }),
    stop: (id, signal) =>
      asUser(signal, async (userId) => {
        const variables = { userId, jobId: id };
        const schema = wireStopped;
        const answer = await gateway.ask({ query: queries.stop, variables, schema, signal, writes: true });
        return answer.ok ? ok(null) : answer;
      }),
    restart: (id, next, signal) =>
      asUser(signal, async (userId) => {
        const found = await jobs.one(userId, id, signal);
        if (!found.ok) return found;
        const input = await nextRunInput(found.value, next, () => runtimes(signal));
        if (!input.ok) return input;
        const variables = { userId, jobId: id, input: input.value };
        const schema = wireRestarted;
        const answer = await gateway.ask({ query: queries.restart, variables, schema, signal, writes: true });
        return answer.ok ? ok({ id: answer.value.restartWorkspace.id }) : answer;
      }),
    keys: (signal) =>
      asUser(signal, async (userId) => {
        const answer = await gateway.ask({
          query: queries.keys,
          variables: { userId },
          schema: wireKeys,
          signal,
        });
        return answer.ok ? ok((answer.value.keys ?? []).map(readKey)) : answer;
      }),
    addKey: (key, signal) =>
      asUser(signal, async (userId) => {
        const variables = { userId, ...key };
        const schema = wireCreatedKey;
        const answer = await gateway.ask({ query: queries.addKey, variables, schema, signal, writes: true });
        return answer.ok ? ok(readKey(answer.value.createSSHKey)) : answer;
      }),
    resources: (signal) =>
      asUser(signal, async (partyId) => {
        const variables = { partyId };
        const schema = wireResources;
        const answer = await gateway.ask({ query: queries.resources, variables, schema, signal });
        if (!answer.ok) return answer;
        return ok(
          (answer.value.normalClusterResources ?? []).map((resource) => ({
            name: resource.name,
            label: resource.verboseName ?? resource.name,
            gpu: resource.gpuResource ?? false,
          })),
        );
      }),
    createProject: (name, signal) =>
      asUser(signal, async (userId) => {
        const variables = { userId, name };
        const schema = wireCreatedProject;
        const answer = await gateway.ask({
          query: queries.createProject,
          variables,
          schema,
          signal,
          writes: true,
        });
        return answer.ok ? ok({ id: answer.value.createProject.id }) : answer;
      }),
  };
}

const readKey = (key: {
  readonly id: string;
  readonly name: string;
  readonly fingerprint?: string | null | undefined;
}) => ({ id: key.id, name: key.name, fingerprint: key.fingerprint ?? undefined });
