import type { Reach } from '../../../shared/model/session.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createKnownContainers, type KnownContainers } from './known-containers.ts';
import { type Action, createLifeCycle } from './life-cycle.ts';
import { pollDelay } from './poll-delay.ts';
import { createPoller } from './poller.ts';
import { sameMappings } from './same-mappings.ts';
import type { Containers, ContainersOptions } from './types.ts';

const defaultStopDeadlineMs = 120_000;

export function createContainers(options: ContainersOptions): Containers {
  const { clock, pending, log } = options;
  let life = new AbortController();
  let known: KnownContainers = createKnownContainers(pending);
  let reach: Reach = { kind: 'asking' };
  let failures = 0;
  let hidden = false;

  const show = () => options.publish(known.list(), reach);

  const poller = createPoller({
    clock,
    delay() {
      const changing = known
        .list()
        .some((container) => container.busy !== undefined || container.status.kind === 'pending');
      return pollDelay({ changing, hidden, failures }, options.random);
    },
    async ask(signal) {
      const client = options.client();
      if (client === undefined) return fail('not_signed_in');
      const mine = known;
      const stamp = mine.stamp();
      const answer = await client.containers(signal);
      if (signal.aborted) return fail('cancelled');
      const at = clock.now();
      if (answer.ok) {
        failures = 0;
        reach = { kind: 'answered', at };
        mine.putAll(answer.value, stamp);
      } else {
        failures += 1;
        log('warn', 'containers.unanswered', { code: answer.error.code });
        reach = { kind: 'failed', at, lastAt: lastAnswer(reach), error: answer.error };
      }
      show();
      return answer.ok ? ok(null) : answer;
    },
  });

  async function act(id: string, action: Action) {
    const mine = life.signal;
    const result = await createLifeCycle({
      client: options.client,
      clock,
      known,
      pending,
      stopDeadlineMs: options.stopDeadlineMs ?? defaultStopDeadlineMs,
      show: () => {
        if (!mine.aborted) show();
      },
    })(id, action, mine);
    log('info', `container.${action}`, { id, outcome: result.ok ? 'done' : result.error.code });
    if (!mine.aborted) poller.hurry();
    return result;
  }

  const stop = () => {
    life.abort();
    poller.stop();
  };

  return {
    start() {
      stop();
      life = new AbortController();
      known = createKnownContainers(pending);
      reach = { kind: 'asking' };
      failures = 0;
      show();
      poller.start();
    },
    stop,
    refresh: () => poller.now(),
    setHidden(now) {
      hidden = now;
      // Whoever looks again sees the present, not what was read a minute ago.
      if (hidden) poller.hurry();
      else void poller.now();
    },
    list: () => known.list(),
    get: (id) => known.get(id),
    password: (id) => known.password(id),
    setLook(id, look) {
      if (known.get(id) === undefined) return;
      known.own(id, { look });
      show();
    },
    setPending(id, mappings) {
      const current = known.get(id)?.mappings ?? 'unknown';
      const same = mappings !== undefined && current !== 'unknown' && sameMappings(mappings, current);
      pending.write(id, same ? undefined : mappings);
      show();
    },
    startContainer: (id) => act(id, 'start'),
    stopContainer: (id) => act(id, 'stop'),
    restart: (id) => act(id, 'restart'),
    async sshEndpoint(id, signal) {
      const client = options.client();
      if (client === undefined) return fail('not_signed_in');
      const mine = known;
      const answer = await client.container(id, signal);
      if (!answer.ok) return answer;
      if (signal.aborted || mine !== known) return fail('cancelled');
      const { status, ssh, runId, password, name } = answer.value;
      known.put(answer.value);
      show();
      if (status.kind !== 'running') return fail('container_not_running', { params: { name } });
      if (ssh === undefined) return fail('ssh_not_offered', { params: { name } });
      return ok({ ...ssh, runId, password });
    },
  };
}

function lastAnswer(reach: Reach): number | undefined {
  if (reach.kind === 'answered') return reach.at;
  return reach.kind === 'failed' ? reach.lastAt : undefined;
}
