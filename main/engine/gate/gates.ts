import { gateCommand, gatePages, shownGrants } from '../../../shared/gate/index.ts';
import type { Gate, GateCheck, GateFile, GatePlan, GrantFile } from '../../../shared/model/gate.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import { serviceId as idOf } from '../../../shared/model/service.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { words } from '../../../shared/words/index.ts';
import { oneAtATime } from '../base/one-at-a-time.ts';
import { pause } from '../base/pause.ts';
import type { Secret } from '../base/secret.ts';
import { newGateId, newPassword, newToken } from './grants.ts';
import { createRemoteGate } from './remote.ts';
import type { Gates, GatesOptions, Guarded } from './types.ts';

/** A program of Python listens within a second; a container under load takes longer. */
const startMs = 20_000;
const lookMs = 60_000;
const mostGrants = 200;

const done = ok(null);
const keyId = (serviceId: string): string => `gate:${serviceId}`;

/** The port that a launch is the gate of. */
function guardedPort({ recipe, values }: Pick<Launch, 'recipe' | 'values'>): number | undefined {
  const port = Number(/\.gearway\/gates\/(\d+)\/gate\.py$/.exec(values.line ?? '')?.[1] ?? 0);
  return recipe === 'command' && values.line === gateCommand(port) ? port : undefined;
}

/** How long, and how often, a service is looked for whose container was started anew. */
const mostLookMs = 30_000;
const lookEveryMs = 300;

/** Listens where others reach it. */
const isWide = (addresses: readonly string[] | undefined): boolean =>
  addresses?.some((address) => !/^(?:127\.|::1$)/.test(address)) === true;

export function createGates(options: GatesOptions): Gates {
  const { launcher, clock, secrets } = options;
  const remote = createRemoteGate(options.exec, options.folders);
  const { gates, keys } = options.book;
  /** Launch and state of the gates that were read. */
  const read = new Map<string, string>();
  const queues = new Map<string, ReturnType<typeof oneAtATime>>();
  const life = new AbortController();

  const inTurn = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const queue = queues.get(id) ?? oneAtATime();
    queues.set(id, queue);
    return queue(work);
  };
  const publish = () => options.publish([...gates.values()]);

  function set(id: string, gate: Gate | undefined) {
    if (gate === undefined) gates.delete(id);
    else gates.set(id, gate);
    publish();
  }

  const launchOf = (containerId: string, port: number): Launch | undefined =>
    launcher
      .list()
      .filter((one) => one.containerId === containerId && guardedPort(one) === port)
      .at(-1);

  /** The launch of the service itself. */
  const serviceLaunch = ({ containerId, port }: Guarded): Launch | undefined =>
    launcher
      .list()
      .find((one) => one.containerId === containerId && one.port === port && one.state.kind === 'running');

  const isRunning = (launch: Launch | undefined): boolean => launch?.state.kind === 'running';

  function known(serviceId: string): Result<Guarded> {
    const service = options.find(serviceId);
    return service === undefined ? fail('service_not_found') : ok(service);
  }

  async function look(service: Guarded, signal: AbortSignal) {
    const found = await remote.look(service.containerId, service.port, signal);
    if (found.ok) show(service, found.value.file, found.value.use);
    return found;
  }

  function show(
    service: Pick<Guarded, 'id' | 'containerId' | 'port'>,
    file: GateFile | undefined,
    use?: Parameters<typeof shownGrants>[1],
  ) {
    if (file === undefined) return set(service.id, undefined);
    const { id, containerId, port } = service;
    const launch = launchOf(containerId, port);
    set(id, {
      ...{ id, containerId, port },
      state: isRunning(launch) ? 'running' : 'stopped',
      launchId: launch?.id,
      grants: shownGrants(file, use),
      refused: Object.values(use?.refused ?? {}).reduce((sum, count) => sum + count, 0),
      check: gates.get(id)?.check,
    });
  }

  /** What a stranger gets from outside. */
  async function askStranger(
    service: Guarded,
    gateId: string,
    signal: AbortSignal,
  ): Promise<GateCheck | undefined> {
    const target = options.find(service.id)?.target;
    if (target === undefined) return undefined;
    const answer = await options.ask(target, signal);
    const at = clock.now();
    if (answer === undefined || answer.status >= 502) return { at, verdict: 'silent' };
    return { at, verdict: answer.headers['gearway-gate'] === gateId ? 'closed' : 'open' };
  }

  async function verify(service: Guarded, gateId: string, signal: AbortSignal) {
    const check = await askStranger(service, gateId, signal);
    const gate = gates.get(service.id);
    if (gate !== undefined && check !== undefined) set(service.id, { ...gate, check });
    options.onChecked(service.id);
    return check;
  }

  function makePlan(
    service: Guarded,
    addresses: readonly string[] | undefined,
    isStanding: boolean,
  ): GatePlan {
    const { port, url } = service;
    const gate = gateCommand(port);
    const base = { port, address: url };
    if (isStanding) return { ...base, kind: 'ready', commands: [] };
    if (!isWide(addresses)) return { ...base, kind: 'start', commands: [gate] };
    const launch = serviceLaunch(service);
    // What Gearway started says its address in its command; of anything else nobody knows how to move it.
    if (launch === undefined || !launch.preview.includes('0.0.0.0'))
      return { ...base, kind: 'byHand', commands: [gate] };
    return { ...base, kind: 'restart', commands: [launch.preview.replaceAll('0.0.0.0', '127.0.0.1'), gate] };
  }

  async function prepare(service: Guarded, signal: AbortSignal) {
    if (service.isTcp) return fail('gate_needs_http');
    const listening = await options.listening(service.containerId, signal);
    // Whether it stands open must be known, or a gate beside it would only seem to close it.
    if (listening === undefined) return signal.aborted ? fail('cancelled') : fail('ssh_lost');
    const refreshed = await launcher.refresh(service.containerId, signal);
    if (!refreshed.ok) return refreshed;
    const found = await look(service, signal);
    if (!found.ok) return found;
    if (!found.value.hasPython) return fail('gate_no_python');
    const launch = launchOf(service.containerId, service.port);
    const addresses = listening.find(({ port }) => port === service.port)?.addresses;
    const plan = makePlan(service, addresses, found.value.file !== undefined && isRunning(launch));
    return ok({ plan, file: found.value.file, service });
  }

  /** Starts the gate and waits until a stranger is turned away, or where nobody can ask, until it runs. */
  async function run(
    service: Guarded,
    file: GateFile,
    signal: AbortSignal,
  ): Promise<Result<GateCheck | undefined>> {
    const before = launchOf(service.containerId, service.port);
    const started =
      before === undefined
        ? await launcher.start(
            {
              containerId: service.containerId,
              recipe: 'command',
              name: `gate ${service.name}`,
              values: { line: gateCommand(service.port) },
            },
            signal,
          )
        : isRunning(before)
          ? done
          : await launcher.restart(before.id, signal);
    if (!started.ok) return started;
    const end = clock.now() + startMs;
    for (;;) {
      const check = await askStranger(service, file.id, signal);
      const launch = launchOf(service.containerId, service.port);
      const ended = launch !== undefined && launch.state.kind !== 'running';
      if (check?.verdict === 'closed' && !ended) break;
      if (ended) {
        const lines = 'lastLines' in launch.state ? launch.state.lastLines : [];
        return fail('gate_not_started', { detail: lines.slice(-3).join('\n').slice(0, 300) });
      }
      if (signal.aborted) return fail('cancelled');
      // A mapping that waits for the container's next start cannot be asked.
      if (check === undefined || clock.now() >= end) break;
      await pause(300, clock, signal);
      const refreshed = await launcher.refresh(service.containerId, signal);
      if (!refreshed.ok) return refreshed;
    }
    show(service, file);
    return ok(await verify(service, file.id, signal));
  }

  const pagesOf = (file: Pick<GateFile, 'name' | 'grants'>) =>
    gatePages({ en: words.en.gatePage, 'zh-CN': words['zh-CN'].gatePage }, file);

  /** Reads the gate's file, changes it, writes it: the gate follows at its next request, at the latest in a second. */
  async function rewrite(
    serviceId: string,
    change: (grants: readonly GrantFile[]) => readonly GrantFile[] | undefined,
    signal: AbortSignal,
  ): Promise<Result<null>> {
    const service = known(serviceId);
    if (!service.ok) return service;
    const found = await look(service.value, signal);
    if (!found.ok) return found;
    const { file, use } = found.value;
    const grants = file === undefined ? undefined : change(file.grants);
    if (file === undefined || grants === undefined) return fail('gate_not_found');
    const next: GateFile = { ...file, grants: [...grants] };
    const written = await remote.write(service.value.containerId, { ...next, page: pagesOf(next) }, signal);
    if (written.ok) show(service.value, next, use);
    return written;
  }

  const changeOne = (grantId: string, part: Partial<GrantFile>) => (grants: readonly GrantFile[]) =>
    grants.some(({ id }) => id === grantId)
      ? grants.map((grant) => (grant.id === grantId ? { ...grant, ...part } : grant))
      : undefined;

  async function ownKey(serviceId: string, grants: readonly GrantFile[]): Promise<readonly GrantFile[]> {
    if (grants.some(({ own }) => own === true) && (await loadKey(serviceId)) !== undefined) return grants;
    const made = newToken('key', { name: '', untilMs: null, own: true });
    await secrets.write(keyId(serviceId), made.secret);
    keys.set(serviceId, made.secret);
    return [...grants.filter(({ own }) => own !== true), made.grant];
  }

  async function loadKey(serviceId: string): Promise<Secret | undefined> {
    const key = keys.get(serviceId) ?? (await secrets.read(keyId(serviceId)));
    if (key !== undefined) keys.set(serviceId, key);
    return key;
  }

  /**
   * The container was started anew, and its gate with nothing: it is started again, for those who were let in before.
   * A service that stands open by then stays as it is, and is marked so.
   */
  async function comeBack(serviceId: string, state: Launch['state'], signal: AbortSignal) {
    // What was started in a container is known a moment before its services are; orders for this one wait meanwhile.
    const lookUntil = clock.ticks() + mostLookMs;
    let service = options.find(serviceId);
    while (service === undefined && clock.ticks() < lookUntil && (await pause(lookEveryMs, clock, signal)))
      service = options.find(serviceId);
    if (service === undefined) return;
    // What ended by itself in this run would end again.
    if (state.kind === 'ended' && state.at >= (service.runSince ?? 0)) return;
    const prepared = await prepare(service, signal);
    if (!prepared.ok || prepared.value.plan.kind !== 'start' || prepared.value.file === undefined) return;
    await run(prepared.value.service, prepared.value.file, signal);
  }

  return {
    async plan(serviceId, signal) {
      const service = known(serviceId);
      if (!service.ok) return service;
      const prepared = await prepare(service.value, signal);
      return prepared.ok ? ok(prepared.value.plan) : prepared;
    },
    share: (order, signal) =>
      inTurn(order.serviceId, async () => {
        const asked = known(order.serviceId);
        if (!asked.ok) return asked;
        const prepared = await prepare(asked.value, signal);
        if (!prepared.ok) return prepared;
        const { plan, service } = prepared.value;
        if (plan.kind === 'byHand') return fail('gate_by_hand', { params: { port: plan.port } });
        if (plan.kind === 'restart' && order.restart !== true) return fail('gate_restart_needed');
        const { name, once } = order;
        const made =
          order.kind === 'password'
            ? order.password === undefined
              ? undefined
              : await newPassword(order.password, { name, untilMs: order.until })
            : newToken(order.kind, { name, untilMs: order.until, once });
        if (made === undefined) return fail('field_needed', { field: 'password' });
        const before = prepared.value.file;
        const kept = (before?.grants ?? []).filter(
          ({ kind, own }) => own === true || !(order.kind === 'password' && kind === 'password'),
        );
        const grants = [...(await ownKey(service.id, kept.slice(-mostGrants))), made.grant];
        const base = {
          ...(before ?? { id: newGateId(), name: service.name, port: service.port }),
          service: before?.service ?? { host: '127.0.0.1', port: service.port },
          grants,
        };
        const file: GateFile = { ...base, page: pagesOf(base) };
        const written = await remote.write(service.containerId, file, signal);
        if (!written.ok) return written;
        if (plan.kind === 'restart') {
          const launch = serviceLaunch(service);
          const moved = launch === undefined ? done : await launcher.restart(launch.id, signal, 'loopback');
          if (!moved.ok) return moved;
        }
        const running = await run(service, file, signal);
        if (!running.ok) return running;
        return ok({ secret: made.secret, address: service.url, check: running.value });
      }),
    revoke: (serviceId, grantId, signal) =>
      inTurn(serviceId, () => rewrite(serviceId, changeOne(grantId, { revoked: true }), signal)),
    renew: (serviceId, grantId, until, signal) => {
      const seconds = until === null ? null : Math.floor(until / 1_000);
      return inTurn(serviceId, () => rewrite(serviceId, changeOne(grantId, { until: seconds }), signal));
    },
    check: (serviceId, signal) =>
      inTurn(serviceId, async () => {
        const service = known(serviceId);
        if (!service.ok) return service;
        const found = await look(service.value, signal);
        if (!found.ok) return found;
        const { file } = found.value;
        if (file === undefined) return fail('gate_not_found');
        await verify(service.value, file.id, signal);
        return done;
      }),
    start: (serviceId, signal) =>
      inTurn(serviceId, async () => {
        const service = known(serviceId);
        if (!service.ok) return service;
        const prepared = await prepare(service.value, signal);
        if (!prepared.ok) return prepared;
        const { file, plan } = prepared.value;
        if (file === undefined) return fail('gate_not_found');
        if (plan.kind === 'byHand') return fail('gate_by_hand', { params: { port: plan.port } });
        const running = await run(prepared.value.service, file, signal);
        return running.ok ? done : running;
      }),
    remove: (serviceId, open, signal) =>
      inTurn(serviceId, async () => {
        const found = known(serviceId);
        if (!found.ok) return found;
        const service = found.value;
        const launch = launchOf(service.containerId, service.port);
        if (launch !== undefined) {
          const stopped = await launcher.stop(launch.id, { force: false }, signal);
          if (!stopped.ok) return stopped;
          await launcher.remove(launch.id, signal);
        }
        const removed = await remote.remove(service.containerId, service.port, signal);
        if (!removed.ok) return removed;
        keys.delete(serviceId);
        await secrets.forget(keyId(serviceId));
        set(serviceId, undefined);
        const own = open ? serviceLaunch(service) : undefined;
        const opened = own === undefined ? done : await launcher.restart(own.id, signal, 'before');
        options.onChecked(serviceId);
        return opened;
      }),
    follow(launches) {
      const seen = new Set<string>();
      for (const launch of launches) {
        const port = guardedPort(launch);
        if (port === undefined) continue;
        const id = idOf(launch.containerId, port);
        seen.add(id);
        const stamp = `${launch.id} ${launch.state.kind}`;
        if (read.get(id) === stamp) continue;
        read.set(id, stamp);
        const place = { id, containerId: launch.containerId, port };
        void inTurn(id, async () => {
          const signal = AbortSignal.any([life.signal, AbortSignal.timeout(lookMs)]);
          await loadKey(id);
          const found = await remote.look(place.containerId, port, signal);
          if (!found.ok) return void read.delete(id);
          show(place, found.value.file, found.value.use);
          const { file } = found.value;
          if (file === undefined) return;
          if (launch.state.kind === 'gone' || launch.state.kind === 'ended')
            await comeBack(id, launch.state, signal);
          const service = options.find(id);
          if (service !== undefined) await verify(service, file.id, signal);
        });
      }
      let isGone = false;
      for (const id of gates.keys())
        if (
          !seen.has(id) &&
          launches.every(({ containerId }) => containerId !== gates.get(id)?.containerId)
        ) {
          isGone = gates.delete(id) || isGone;
          read.delete(id);
        }
      if (isGone) publish();
    },
    stop: () => life.abort(),
  };
}
