import {
  checkLaunch,
  commandOf,
  findRecipe,
  keptValues,
  withDefaults,
} from '../../../shared/launch/index.ts';
import { membersOf, stateOf } from '../../../shared/launch/remote/index.ts';
import { type Launch, type LaunchMeta, launchKey } from '../../../shared/model/launch.ts';
import { readPort } from '../../../shared/platform-rules/index.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import { drawText } from '../base/effects.ts';
import { createEndings } from './endings.ts';
import { createRemote } from './remote.ts';
import { stopProcesses } from './stop-processes.ts';
import type { Launcher, LauncherOptions, LaunchOrder } from './types.ts';

/** What a window can show at once; the rest is asked for in parts. */
export const mostLogPart = 512 * 1024;
const mostMatches = 500;

const usualGraceMs = 10_000;

export function createLauncher(options: LauncherOptions): Launcher {
  const { clock, random } = options;
  const remote = createRemote(options.exec, options.folders);
  const known = new Map<string, Launch>();

  const set = (id: string, part: Partial<Launch>) => {
    const before = known.get(id);
    if (before === undefined) return;
    known.set(id, { ...before, ...part });
    options.onChange();
  };

  async function refresh(containerId: string, signal: AbortSignal): Promise<Result<null>> {
    const listing = await remote.list(containerId, signal);
    if (!listing.ok) return listing;
    const { launches, processes, now } = listing.value;
    // The container's clock may be wrong; what is shown is the age by ours.
    const shift = now === 0 ? 0 : Math.round(clock.now() / 1000) - now;
    const found = new Set(launches.map((launch) => launchKey(containerId, launch.launchId)));
    for (const [id, launch] of known)
      if (launch.containerId === containerId && !found.has(id) && launch.busy !== 'starting')
        known.delete(id);
    for (const launch of launches) {
      const id = launchKey(containerId, launch.launchId);
      const before = known.get(id);
      known.set(id, {
        ...launch.meta,
        id,
        containerId,
        launchId: launch.launchId,
        state: stateOf(launch, processes, shift),
        logBytes: launch.logBytes,
        busy: before?.busy,
        problem: before?.problem,
      });
    }
    options.onChange();
    return ok(null);
  }

  function prepare(order: LaunchOrder) {
    const recipe = findRecipe(order.recipe);
    if (recipe === undefined) return fail('recipe_not_found');
    const values = withDefaults(recipe, order.values, (port) => options.isMapped(order.containerId, port));
    const broken = checkLaunch(recipe, values)[0];
    if (broken !== undefined) return fail(broken.code, { field: broken.field });
    return ok({ recipe, values, command: commandOf(recipe, values) });
  }

  async function portTaken(
    containerId: string,
    port: number,
    host: string | undefined,
    signal: AbortSignal,
  ): Promise<AppError | undefined> {
    const taken = (await options.listening(containerId, signal)).find(
      (one) => one.port === port && !isApart(host, one.addresses),
    );
    if (taken === undefined) return undefined;
    const params: Record<string, string | number> = { port };
    if (taken.process !== undefined) params.process = taken.process;
    return { code: 'launch_port_taken', field: 'port', params };
  }

  /** One action at a time for each service; its failure stays visible until the next one. */
  async function during<T>(id: string, busy: NonNullable<Launch['busy']>, work: () => Promise<Result<T>>) {
    if (known.get(id)?.busy !== undefined) return fail('container_busy');
    set(id, { busy, problem: undefined });
    const result = await work();
    set(id, { busy: undefined, problem: result.ok ? undefined : result.error });
    return result;
  }

  const endings = createEndings(async ({ containerId, launchId }, isForced, signal) => {
    const stopped = await stopProcesses({
      list: () => remote.list(containerId, signal),
      membersOf: (listing) => {
        const found = listing.launches.find((one) => one.launchId === launchId);
        return found === undefined ? undefined : membersOf(found, listing.processes);
      },
      send: (name, processes) => remote.signal(containerId, launchId, name, processes, signal),
      graceMs: options.graceMs ?? usualGraceMs,
      isForced,
      clock,
      signal,
    });
    const refreshed = await refresh(containerId, signal);
    return stopped.ok ? refreshed : stopped;
  });

  return {
    list: () => [...known.values()],
    get: (id) => known.get(id),
    refresh,
    preview(order) {
      const prepared = prepare(order);
      if (!prepared.ok) return prepared;
      const { recipe, values, command } = prepared.value;
      return ok({ preview: command.preview, values: keptValues(recipe, values) });
    },
    async start(order, signal) {
      const prepared = prepare(order);
      if (!prepared.ok) return prepared;
      const { recipe, values, command } = prepared.value;
      const port = readPort(values.port ?? '');
      const taken =
        port === undefined ? undefined : await portTaken(order.containerId, port, values.host, signal);
      if (taken !== undefined) return { ok: false, error: taken };
      const meta: LaunchMeta = {
        name: order.name.trim().slice(0, 200) || recipe.name,
        recipe: recipe.id,
        values: keptValues(recipe, values),
        preview: command.preview,
        port,
        host: values.host,
        createdAt: clock.now(),
      };
      const launchId = `${recipe.id}-${drawText(random, 8)}`;
      const token = drawText(random, 24);
      const started = await remote.start(
        order.containerId,
        { launchId, token, meta, line: command.line, folder: command.folder },
        signal,
      );
      if (!started.ok) return started;
      const refreshed = await refresh(order.containerId, signal);
      // It runs, whatever the connection did afterwards: the next look finds it.
      return refreshed.ok || refreshed.error.code !== 'cancelled'
        ? ok({ id: launchKey(order.containerId, launchId) })
        : refreshed;
    },
    async stop(id, { force }, signal) {
      const launch = known.get(id);
      if (launch === undefined) return fail('launch_not_found');
      const ending = force ? endings.of(id) : undefined;
      if (ending === undefined)
        return during(id, 'stopping', () => endings.begin(launch, force, signal).done);
      ending.isForced = true;
      return ending.done;
    },
    async restart(id, signal, host) {
      const launch = known.get(id);
      if (launch === undefined) return fail('launch_not_found');
      return during(id, 'restarting', async () => {
        if (launch.state.kind === 'running') {
          const ending = endings.begin(launch, false, signal);
          const ended = await ending.done;
          if (!ended.ok || ending.isForced) return ended;
        }
        const { containerId, launchId, port } = launch;
        const at = host === 'loopback' ? '127.0.0.1' : host === 'before' ? '0.0.0.0' : launch.host;
        const taken = port === undefined ? undefined : await portTaken(containerId, port, at, signal);
        if (taken !== undefined) return { ok: false, error: taken };
        const again = await remote.again(
          containerId,
          { launchId, token: drawText(random, 24), host },
          signal,
        );
        return again.ok ? refresh(containerId, signal) : again;
      });
    },
    async remove(id, signal) {
      const launch = known.get(id);
      if (launch === undefined) return fail('launch_not_found');
      const refreshed = await refresh(launch.containerId, signal);
      if (!refreshed.ok) return refreshed;
      if (known.get(id)?.state.kind === 'running') return fail('launch_running');
      const removed = await remote.remove(launch.containerId, launch.launchId, signal);
      return removed.ok ? refresh(launch.containerId, signal) : removed;
    },
    async log(id, { from, most, previous }, signal) {
      const launch = known.get(id);
      if (launch === undefined) return fail('launch_not_found');
      const which = previous === true ? 'log.old' : 'log';
      return remote.log(
        launch.containerId,
        { launchId: launch.launchId, from, most: Math.min(most, mostLogPart), which },
        signal,
      );
    },
    async search(id, text, signal) {
      const launch = known.get(id);
      if (launch === undefined) return fail('launch_not_found');
      // A line break would mean "this or that" to grep.
      const line = text.split(/[\r\n\0]/)[0] ?? '';
      if (line === '') return ok([]);
      return remote.search(
        launch.containerId,
        { launchId: launch.launchId, text: line, most: mostMatches },
        signal,
      );
    },
    keepOnly(containerIds) {
      const kept = new Set(containerIds);
      let changed = false;
      for (const [id, launch] of known)
        if (!kept.has(launch.containerId)) changed = known.delete(id) || changed;
      if (changed) options.onChange();
    },
  };
}

/** A service on 127.0.0.1 and a gate on the outer addresses share a port. */
const isApart = (host: string | undefined, addresses: readonly string[] | undefined): boolean =>
  host === '127.0.0.1' &&
  addresses !== undefined &&
  addresses.length > 0 &&
  addresses.every((address) => !/^(?:127\.|0\.0\.0\.0$|::$|::1$|\*$)/.test(address));
