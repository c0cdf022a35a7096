import type { Reach } from '../../../shared/model/session.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { PlatformClient } from '../platform/index.ts';
import { createContainer } from './create.ts';
import { creationOptions } from './creation-options.ts';
import { createKnownContainers, type KnownContainers } from './known-containers.ts';
import { type Action, createLifeCycle } from './life-cycle.ts';
import { pollDelay } from './poll-delay.ts';
import { createPoller } from './poller.ts';
import { sameMappings } from './same-mappings.ts';
import type { Containers, ContainersOptions } from './types.ts';

/** More than a person reads; the window must not be given megabytes. */
const mostLogCharacters = 200_000;
/** A list that is younger is the present, in ms. */
const freshMs = 5_000;
const defaultStopDeadlineMs = 120_000;

export function createContainers(options: ContainersOptions): Containers {
  const { clock, pending, notes, log, lastKnown } = options;
  let life = new AbortController();
  let known: KnownContainers = createKnownContainers(pending, notes);
  let reach: Reach = { kind: 'asking' };
  let failures = 0;
  let hidden = false;
  /** The last answer, and how many after it were the same. */
  let said = '';
  let unchanged = 0;
  /** What is being done, by the container. */
  const orders = new Map<string, AbortController>();

  const show = () => options.publish(known.list());
  const tell = (isNews = true) => {
    show();
    options.heard(known.list(), reach, isNews);
  };

  const poller = createPoller({
    clock,
    delay() {
      const changing = known
        .list()
        .some((container) => container.busy !== undefined || container.status.kind === 'pending');
      const refused =
        reach.kind === 'failed' && ['token_refused', 'token_missing'].includes(reach.error.code);
      const offline = options.offline();
      return pollDelay(
        { changing, hidden, failures, unchanged, offline, refused, waitSeconds: pauseOf(reach) },
        options.random,
      );
    },
    async ask(signal) {
      const client = options.client();
      const mine = known;
      const owner = life.signal;
      const stamp = mine.stamp();
      const answer = await answerOf(client, signal);
      if (signal.aborted) {
        // Nobody waits any more, and the list that never came is not being asked for.
        if (!owner.aborted && reach.kind === 'asking') {
          reach = { kind: 'failed', at: clock.now(), lastAt: reach.lastAt, error: { code: 'cancelled' } };
          tell();
        }
        return fail('cancelled');
      }
      const at = clock.now();
      const hadAnswer = reach.kind === 'answered';
      if (answer.ok) {
        failures = 0;
        const more = options.client()?.leftOut() ?? 0;
        reach = { kind: 'answered', at, ...(more > 0 ? { more } : {}) };
        const says = JSON.stringify(answer.value);
        unchanged = says === said ? unchanged + 1 : 0;
        said = says;
        mine.putAll(answer.value, stamp);
        lastKnown.write(answer.value, at);
      } else {
        failures += 1;
        log('warn', 'containers.unanswered', { code: answer.error.code });
        reach = { kind: 'failed', at, lastAt: lastAnswer(reach), error: answer.error };
      }
      tell(!(answer.ok && hadAnswer && unchanged > 0));
      return answer.ok ? ok(null) : answer;
    },
  });

  /** Nobody is signed in; or somebody is, and the token is gone. */
  const withoutClient = () => fail(options.facts().owner === '' ? 'not_signed_in' : 'token_missing');

  /** The list, or why it was not asked for. */
  async function answerOf(client: PlatformClient | undefined, signal: AbortSignal) {
    if (client === undefined) return fail('token_missing');
    return options.offline() ? fail('offline') : client.containers(signal);
  }

  /** What was kept from an earlier time is shown until the platform has answered. */
  async function recall(mine: KnownContainers) {
    const kept = await lastKnown.read();
    if (kept === undefined || mine !== known || reach.kind === 'answered' || mine.list().length > 0) return;
    mine.recall(kept.containers);
    reach = { ...reach, lastAt: kept.at };
    tell();
  }

  async function act(id: string, action: Action, cancel: AbortSignal | undefined) {
    const owner = life.signal;
    const order = new AbortController();
    const mine = AbortSignal.any([owner, order.signal, ...(cancel === undefined ? [] : [cancel])]);
    // A second order for the same container is refused; it must not take the place of the first.
    if (!orders.has(id)) orders.set(id, order);
    const result = await createLifeCycle({
      client: options.client,
      clock,
      known,
      pending,
      stopDeadlineMs: options.stopDeadlineMs ?? defaultStopDeadlineMs,
      account: options.facts,
      show: () => {
        if (!owner.aborted) tell();
      },
    })(id, action, mine);
    if (orders.get(id) === order) orders.delete(id);
    log('info', `container.${action}`, { id, outcome: result.ok ? 'done' : result.error.code });
    if (!result.ok) options.refused?.(result.error);
    unchanged = 0;
    if (!owner.aborted) poller.hurry();
    return result;
  }

  /** The long pause is over: the list is asked for now, or soon where it is a moment old, however many services flap. */
  function lookAgain() {
    unchanged = 0;
    const age = reach.kind === 'answered' ? clock.now() - reach.at : Number.POSITIVE_INFINITY;
    if (age > freshMs) void poller.now();
    else poller.hurry();
  }

  const stop = () => {
    life.abort();
    poller.stop();
  };

  return {
    start() {
      stop();
      life = new AbortController();
      known = createKnownContainers(pending, notes);
      reach = { kind: 'asking' };
      failures = 0;
      unchanged = 0;
      tell();
      poller.start();
      void recall(known);
    },
    stop,
    flush: () => lastKnown.flush(),
    async refresh(signal) {
      const giveUp = () => poller.giveUp();
      signal?.addEventListener('abort', giveUp, { once: true });
      const answer = await poller.now();
      signal?.removeEventListener('abort', giveUp);
      return answer;
    },
    setHidden(now) {
      hidden = now;
      // Whoever looks again sees the present, not what was read a minute ago.
      if (hidden) poller.hurry();
      else lookAgain();
    },
    doubt: lookAgain,
    list: () => known.list(),
    get: (id) => known.get(id),
    password: (id) => known.password(id),
    setLook(id, look) {
      const before = known.get(id)?.look.kind;
      // Looks by itself come all the time and find what is known.
      if (before === undefined || (before === 'done' && look.kind === 'done')) return;
      known.own(id, { look });
      show();
    },
    setPending(id, mappings) {
      const current = known.get(id)?.mappings ?? 'unknown';
      const same = mappings !== undefined && current !== 'unknown' && sameMappings(mappings, current);
      pending.write(id, same ? undefined : mappings);
      show();
    },
    setNoted(id, mappings) {
      const container = known.get(id);
      if (container === undefined) return fail('container_not_found');
      if (container.mappingsFrom === 'platform') return fail('mappings_readable');
      notes.write(id, mappings);
      known.own(id, { sent: undefined });
      show();
      return ok(null);
    },
    async options(signal) {
      const client = options.client();
      return client === undefined ? withoutClient() : creationOptions(client, signal);
    },
    async create(form, signal) {
      const client = options.client();
      if (client === undefined) return withoutClient();
      const mine = known;
      const parts = { client, clock, containers: mine.list(), account: options.facts() };
      const created = await createContainer(form, parts, signal);
      log('info', 'container.create', { outcome: created.ok ? 'done' : created.error.code });
      if (!created.ok) {
        options.refused?.(created.error);
        poller.hurry();
        return created;
      }
      const fresh = await client.container(created.value.id, signal);
      if (fresh.ok && mine === known) {
        mine.put(fresh.value);
        tell();
      }
      unchanged = 0;
      // Only now is it known that one waits to run, which is asked for sooner.
      poller.hurry();
      return ok({ containerId: created.value.id });
    },
    async logs(id, signal) {
      const client = options.client();
      if (client === undefined) return withoutClient();
      const answer = await client.logs(id, signal);
      if (!answer.ok) return answer;
      const truncated = answer.value.length > mostLogCharacters;
      return ok({ text: answer.value.slice(-mostLogCharacters), truncated, at: clock.now() });
    },
    startContainer: (id, signal) => act(id, 'start', signal),
    stopContainer: (id, signal) => act(id, 'stop', signal),
    restart: (id, signal) => act(id, 'restart', signal),
    giveUp(id) {
      if (known.get(id) === undefined) return fail('container_not_found');
      orders.get(id)?.abort();
      return ok(null);
    },
    async sshEndpoint(id, signal) {
      const client = options.client();
      if (client === undefined) return withoutClient();
      const mine = known;
      const answer = await client.container(id, signal);
      if (!answer.ok) return answer;
      if (signal.aborted || mine !== known) return fail('cancelled');
      const { status, ssh, runId, password, name } = answer.value;
      known.put(answer.value);
      tell();
      if (status.kind !== 'running') return fail('container_not_running', { params: { name } });
      if (ssh === undefined) return fail('ssh_not_offered', { params: { name } });
      const key = await options.loginKey?.();
      return ok({ ...ssh, runId, password, ...(key === undefined ? {} : { keys: [key] }) });
    },
  };
}

function lastAnswer(reach: Reach): number | undefined {
  return reach.kind === 'answered' ? reach.at : reach.lastAt;
}

/** Seconds that the platform asked to be left alone; without a time of its own a limit is mostly counted by the minute. */
function pauseOf(reach: Reach): number {
  if (reach.kind !== 'failed' || reach.error.code !== 'platform_busy') return 0;
  const { seconds } = reach.error.params ?? {};
  return typeof seconds === 'number' ? seconds : 30;
}
