import type { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { isUnknownField } from './answer-error.ts';
import type { ApiShape } from './api-shape.ts';
import { diagnose } from './diagnose.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';
import { createJobReader } from './jobs.ts';
import { createPortsAdapter, realNameOf } from './ports-adapter.ts';
import { queries } from './queries.ts';
import { newJobInput, nextRunInput, type RunOrder, tagNames } from './run-input.ts';
import { createStockReader } from './stock.ts';
import type { PlatformClient } from './types.ts';
import {
  wireBatchRestarted,
  wireCreatedJob,
  wireCreatedKey,
  wireCreatedProject,
  wireKeys,
  wireLogs,
  wireMe,
  wireOrgs,
  wireRealName,
  wireRestarted,
  wireStopped,
} from './wire.ts';

interface ClientOptions extends GatewayOptions {
  /** Whose token it is, where that is known: nobody is asked for it then. */
  readonly user?: string;
  /** An organisation in whose name everything is done; without it, the user's own. */
  readonly party?: string;
}

/** The only door to one account on one instance. It holds no connection and no timer between calls. */
export function createPlatformClient(options: ClientOptions): PlatformClient {
  const gateway = createGateway(options);
  const adapter = createPortsAdapter(gateway);
  const jobs = createJobReader(gateway, adapter, options.instance);
  const stock = createStockReader(gateway);
  let { user } = options;

  const me: PlatformClient['me'] = async (signal) => {
    const answer = await gateway.ask({ query: queries.me, schema: wireMe, signal });
    if (!answer.ok) return answer;
    if (answer.value.me === null) return fail('token_refused');
    user = answer.value.me.username;
    return ok({ user, email: answer.value.me.email ?? undefined });
  };

  async function asUser<T>(
    signal: AbortSignal,
    call: (user: string) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    if (user !== undefined) return call(user);
    const answer = await me(signal);
    return answer.ok ? call(answer.value.user) : answer;
  }
  /** Every operation on containers names its party; the user is asked for once. */
  const asParty = <T>(signal: AbortSignal, call: (party: string) => Promise<Result<T>>) =>
    asUser(signal, (name) => call(options.party ?? name));

  const runtimes: PlatformClient['runtimes'] = (signal) =>
    asParty(signal, (party) => stock.runtimes(party, signal));

  /** Sends an order that carries mappings; `build` makes it for the shape that the server is known to have. */
  async function order<T>(
    signal: AbortSignal,
    mapped: boolean,
    send: (shape: ApiShape) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const shape = await adapter.shape(signal);
    if (!shape.ok) return shape;
    const { write } = shape.value.found.mappings;
    if (mapped && write === 'no') return fail('mappings_not_writable');
    const answer = await send(shape.value);
    // A server refuses the whole order for one unknown field before it does any of it: it can be sent again.
    if (answer.ok || write !== 'assumed' || !isUnknownField(answer.error)) return answer;
    adapter.refuseWrites();
    return mapped
      ? fail('mappings_not_writable', { detail: answer.error.detail })
      : order(signal, false, send);
  }

  async function begin(
    { order: kind, input }: RunOrder,
    party: string,
    jobId: string,
    signal: AbortSignal,
  ): Promise<Result<{ readonly id: string }>> {
    const variables = { userId: party, jobId, input };
    const write = <S extends z.ZodType>(query: string, schema: S) =>
      gateway.ask({ query, variables, schema, signal, writes: true });
    if (kind === 'create') return createJob(party, input, signal);
    if (kind === 'restartBatch') {
      const answer = await write(queries.restartBatch, wireBatchRestarted);
      return answer.ok ? ok({ id: answer.value.restartBatchWorkspace.id }) : answer;
    }
    const answer = await write(queries.restart, wireRestarted);
    return answer.ok ? ok({ id: answer.value.restartWorkspace.id }) : answer;
  }

  async function createJob(userId: string, input: object, signal: AbortSignal) {
    const variables = { userId, input };
    const schema = wireCreatedJob;
    const answer = await gateway.ask({ query: queries.createJob, variables, schema, signal, writes: true });
    return answer.ok ? ok({ id: answer.value.createJob.id }) : answer;
  }

  return {
    me,
    runtimes,
    async realName(signal) {
      const shape = await adapter.shape(signal);
      if (!shape.ok) return shape;
      const field = shape.value.realNameField;
      if (field === undefined) return ok('unknown');
      const answer = await gateway.ask({ query: queries.realName(field), schema: wireRealName, signal });
      return answer.ok ? ok(realNameOf(answer.value.me?.[field])) : answer;
    },
    parties: (signal) =>
      asUser(signal, async (username) => {
        const answer = await gateway.ask({
          query: queries.orgs,
          variables: { username },
          schema: wireOrgs,
          signal,
        });
        if (!answer.ok) return answer;
        const orgs = answer.value.user?.orgs ?? [];
        return ok(orgs.map(({ org }) => ({ id: org.id, name: org.displayName || org.id })));
      }),
    containers: (signal) => asParty(signal, (party) => jobs.all(party, signal)),
    container: (id, signal) =>
      asParty(signal, async (party) => {
        const found = await jobs.one(party, id, signal);
        return found.ok ? ok(found.value.container) : found;
      }),
    projects: (signal) =>
      asParty(signal, async (party) => {
        const list = await jobs.projects(party, signal);
        return list.ok ? ok(list.value.map(({ id, name }) => ({ id, name: name || id }))) : list;
      }),
    projectContainers: (id, signal) => asParty(signal, (party) => jobs.ofProject(party, id, signal)),
    createContainer: (wanted, signal) =>
      asParty(signal, (party) =>
        order(signal, wanted.mappings.length > 0, (shape) =>
          createJob(party, newJobInput(wanted, shape), signal),
        ),
      ),
    stop: (id, signal) =>
      asParty(signal, async (userId) => {
        const variables = { userId, jobId: id };
        const schema = wireStopped;
        const answer = await gateway.ask({ query: queries.stop, variables, schema, signal, writes: true });
        return answer.ok ? ok(null) : answer;
      }),
    restart: (id, next, signal) =>
      asParty(signal, async (party) => {
        const found = await jobs.one(party, id, signal);
        if (!found.ok) return found;
        const { job } = found.value;
        return order(signal, next.mustMap === true, async (shape) => {
          const run = nextRunInput({ job, shape }, next);
          return run.ok ? begin(run.value, party, id, signal) : run;
        });
      }),
    logs: (id, signal) =>
      asParty(signal, async (userId) => {
        const variables = { userId, jobId: id };
        const answer = await gateway.ask({ query: queries.logs, variables, schema: wireLogs, signal });
        return answer.ok ? ok(answer.value.jobLogs ?? '') : answer;
      }),
    resources: (signal) => asParty(signal, (party) => stock.resources(party, signal)),
    quota: (signal) => asParty(signal, (party) => stock.quota(party, signal)),
    datasets: (signal) => asParty(signal, (party) => stock.datasets(party, signal)),
    leftOut: () => jobs.beyond(),
    diagnostics: () => diagnose(options.instance, adapter.known(), gateway),
    keys: (signal) =>
      asUser(signal, async (userId) => {
        const variables = { userId };
        const answer = await gateway.ask({ query: queries.keys, variables, schema: wireKeys, signal });
        return answer.ok ? ok((answer.value.keys ?? []).map(readKey)) : answer;
      }),
    addKey: (key, signal) =>
      asUser(signal, async (userId) => {
        const variables = { userId, ...key };
        const schema = wireCreatedKey;
        const answer = await gateway.ask({ query: queries.addKey, variables, schema, signal, writes: true });
        return answer.ok ? ok(readKey(answer.value.createSSHKey)) : answer;
      }),
    createProject: (name, signal) =>
      asParty(signal, async (userId) => {
        const variables = { userId, name, description: '', tagNames };
        const create = (query: string) =>
          gateway.ask({ query, variables, schema: wireCreatedProject, signal, writes: true });
        const tagged = await create(queries.createProject);
        // A server refuses the whole order for one unknown field before it does any of it: it can be sent again.
        const answer =
          !tagged.ok && isUnknownField(tagged.error) ? await create(queries.plainCreateProject) : tagged;
        return answer.ok ? ok({ id: answer.value.createProject.id }) : answer;
      }),
  };
}

const readKey = (key: {
  readonly id: string;
  readonly name: string;
  readonly fingerprint?: string | null | undefined;
}) => ({ id: key.id, name: key.name, fingerprint: key.fingerprint ?? undefined });
