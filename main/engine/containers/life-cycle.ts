import type { Container } from '../../../shared/model/container.ts';
import {
  type AccountFacts,
  asDraft,
  canRunAgain,
  checkMappings,
  inList,
  mappingContext,
  mappingsInEffect,
} from '../../../shared/platform-rules/index.ts';
import { type AppError, err, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import type { PlatformClient, PlatformContainer } from '../platform/index.ts';
import type { KnownContainers } from './known-containers.ts';
import { sameMappings } from './same-mappings.ts';
import type { PendingMappings } from './types.ts';
import { waitUntilEnded } from './wait-until-ended.ts';

export type Action = 'start' | 'stop' | 'restart';

const busyWord = { start: 'starting', stop: 'stopping', restart: 'restarting' } as const;

interface Tools {
  readonly client: () => PlatformClient | undefined;
  readonly clock: Clock;
  readonly known: KnownContainers;
  readonly pending: PendingMappings;
  readonly stopDeadlineMs: number;
  readonly account: () => AccountFacts;
  /** Shows what `known` holds now. */
  readonly show: () => void;
}

/** Carries out one action on one container at a time, visibly from its first moment. */
export function createLifeCycle(
  tools: Tools,
): (id: string, action: Action, signal: AbortSignal) => Promise<Result<null>> {
  const { known, show } = tools;
  return async (id, action, signal) => {
    const client = tools.client();
    if (client === undefined) return fail('token_missing');
    const before = known.get(id);
    if (before === undefined) return fail('container_not_found');
    if (before.busy !== undefined) return fail('container_busy', { params: { name: before.name } });
    known.own(id, { busy: busyWord[action], problem: undefined });
    show();
    const result = await carryOut({ ...tools, client, signal, before }, action);
    known.own(id, { busy: undefined, problem: result.ok || signal.aborted ? undefined : result.error });
    show();
    return result;
  };
}

type Run = Omit<Tools, 'client'> & {
  readonly client: PlatformClient;
  readonly signal: AbortSignal;
  readonly before: Container;
};

async function carryOut(run: Run, action: Action): Promise<Result<null>> {
  const fresh = await read(run, run.before.id);
  if (!fresh.ok) return fresh;
  const { status } = fresh.value;
  if (action !== 'stop' && !canRunAgain(fresh.value)) {
    return fail('container_not_restartable', { params: { name: run.before.name } });
  }
  // What the platform would refuse must not cost the run that is under way.
  const refused = action === 'stop' ? undefined : brokenRule(run);
  if (refused !== undefined) return err(refused);
  if (action === 'stop') return status.kind === 'ended' ? ok(null) : stop(run);
  if (status.kind === 'ended') {
    const ended = status.ending === true ? await untilEnded(run) : ok(null);
    return ended.ok ? startAgain(run, fresh.value) : ended;
  }
  if (action === 'start') {
    if (status.kind === 'running') return ok(null);
    return fail('container_busy', { params: { name: run.before.name } });
  }
  const stopped = await stop(run);
  return stopped.ok ? startAgain(run, fresh.value) : stopped;
}

/** Does the draft that waits break a rule against what the others have in effect now? */
function brokenRule({ before, known, pending, account }: Run): AppError | undefined {
  const draft = pending.read(before.id);
  if (draft === undefined) return undefined;
  const others = known
    .list()
    .map((other) => ({ ...other, pendingMappings: undefined, mappings: mappingsInEffect(other) }));
  const context = mappingContext(others, account(), { containerId: before.id, existing: [] });
  const checked = checkMappings(draft.map(asDraft), context);
  return checked.ok ? undefined : inList(checked.error);
}

async function read(run: Run, id: string): Promise<Result<PlatformContainer>> {
  const answer = await run.client.container(id, run.signal);
  if (answer.ok && !run.signal.aborted) {
    run.known.put(answer.value);
    run.show();
  }
  return answer;
}

async function stop(run: Run): Promise<Result<null>> {
  const answer = await run.client.stop(run.before.id, run.signal);
  // Without an answer the order may have arrived: what follows looks at the container itself.
  if (!answer.ok && answer.error.code !== 'outcome_uncertain') return answer;
  return untilEnded(run);
}

const untilEnded = (run: Run): Promise<Result<null>> =>
  waitUntilEnded({
    read: () => read(run, run.before.id),
    name: run.before.name,
    deadlineMs: run.stopDeadlineMs,
    clock: run.clock,
    signal: run.signal,
  });

/** The draft stays pending until the platform has taken it; one that was edited meanwhile stays for the next start. */
async function startAgain(run: Run, last: PlatformContainer): Promise<Result<null>> {
  const { before, known, pending } = run;
  const draft = pending.read(before.id);
  const mappings = draft ?? known.get(before.id)?.mappings ?? last.mappings;
  const mustMap = draft !== undefined && draft.length > 0;
  const task = last.mode.endsWith('TASK');
  const siblings = task ? await run.client.projectContainers(last.projectId, run.signal) : ok([]);
  if (!siblings.ok) return siblings;
  const answer = await run.client.restart(before.id, { mappings, mustMap }, run.signal);
  const accepted = answer.ok
    ? ok(answer.value.id)
    : await lookUp(run, { last, siblings: task ? siblings.value : undefined }, answer.error);
  if (!accepted.ok) return accepted;
  if (run.signal.aborted) return fail('cancelled');
  const id = accepted.value;
  if (mappings !== 'unknown') known.own(id, { sent: mappings });
  const now = await read(run, id);
  const taken =
    !now.ok || now.value.mappings === 'unknown' || draft === undefined
      ? true
      : sameMappings(now.value.mappings, draft);
  if (!taken) return fail('platform_error', { detail: 'The platform did not take over the mappings.' });
  const draftNow = pending.read(before.id);
  if (draft !== undefined && draftNow !== undefined && sameMappings(draftNow, draft)) {
    pending.write(before.id, undefined);
  } else if (draftNow !== undefined && id !== before.id) {
    pending.write(before.id, undefined);
    pending.write(id, draftNow);
  }
  return ok(null);
}

/**
 * An order without an answer is looked up, never sent again: did another run begin? A workspace keeps its id and has
 * another run; a task that runs again is a job that its project did not have before.
 */
async function lookUp(
  run: Run,
  from: { readonly last: PlatformContainer; readonly siblings: readonly PlatformContainer[] | undefined },
  error: AppError,
): Promise<Result<string>> {
  if (error.code !== 'outcome_uncertain') return err(error);
  const { last, siblings } = from;
  if (siblings !== undefined) {
    const now = await run.client.projectContainers(last.projectId, run.signal);
    const fresh = now.ok
      ? now.value.find(({ id, mode }) => mode === last.mode && !siblings.some((old) => old.id === id))
      : undefined;
    return fresh === undefined ? err(error) : ok(fresh.id);
  }
  const now = await read(run, run.before.id);
  const began = now.ok && now.value.status.kind !== 'ended' && now.value.runId !== last.runId;
  return began ? ok(run.before.id) : err(error);
}
