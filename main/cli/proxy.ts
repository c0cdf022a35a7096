import { readFile } from 'node:fs/promises';
import type { Route, RouteChoice } from '../../shared/model/service.ts';
import { silentLog, systemClock } from '../engine/base/effects.ts';
import { createHealth, createHostBudget, probePublic, probeTunnel } from '../engine/health/index.ts';
import { createProxy, type ProxiedService } from '../engine/proxy/index.ts';
import type { Command } from './command.ts';
import { exitStatus } from './io.ts';
import { type ProxyConfig, readProxyConfig } from './proxy-config.ts';
import { readOptions } from './read-options.ts';
import { sentence } from './sentence.ts';

/** `gearway proxy`: the bundled proxy alone, with what a file says. */
export const run: Command = async ({ words: args }, io) => {
  const parsed = readOptions({
    args: [...args],
    options: { config: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (!parsed.ok) {
    io.note(`gearway proxy: ${parsed.error}`);
    return exitStatus.wrongUsage;
  }
  const { values } = parsed.value;
  if (values.config === undefined) {
    io.note('gearway proxy: --config FILE is missing.');
    return exitStatus.wrongUsage;
  }
  let text: string;
  try {
    text = await readFile(values.config, 'utf8');
  } catch {
    io.note(`gearway proxy: ${values.config} cannot be read.`);
    return exitStatus.failed;
  }
  const config = readProxyConfig(text);
  if (!config.ok) {
    io.note(`gearway proxy: ${values.config}: ${config.error}`);
    return exitStatus.failed;
  }

  const last = new Map<string, string>();
  const proxy = createProxy({
    clock: systemClock,
    log: io.log ?? silentLog,
    onRoute: (name) => report(name),
    onRouteFailure: (name, route, error) => health.noteFailure(name, route, error),
    onRouteSilent: (name, route) => health.look(name, route),
  });
  const report = (name: string) => {
    const decision = proxy.decision(name);
    const line = { event: 'route', name, route: decision?.route ?? null, reason: decision?.reason ?? null };
    const key = JSON.stringify(line);
    if (last.get(name) === key) return;
    last.set(name, key);
    if (values.json) io.out(key);
    else io.note(`${name}: ${line.route ?? 'no route'} (${line.reason})`);
  };
  const apply = () =>
    proxy.set(config.value.services.map((service) => proxiedOf(service, health.get(service.name))));
  const health = createHealth({
    clock: systemClock,
    random: Math.random,
    budget: createHostBudget({ clock: systemClock }),
    onChange: apply,
    probePublic,
    probeTunnel: (_id, target, how) => probeTunnel(target, how),
  });
  const started = await proxy.start(config.value.port);
  if (!started.ok || (config.value.port !== 0 && started.value.port !== config.value.port)) {
    const error = started.ok
      ? { code: 'proxy_port_busy' as const, params: { port: config.value.port } }
      : started.error;
    io.note(`gearway proxy: ${sentence(error)}`);
    await proxy.stop();
    health.stop();
    return exitStatus.failed;
  }
  const { port } = started.value;
  const services = config.value.services.map(({ name }) => ({ name, url: proxy.url(name) }));
  if (values.json) io.out(JSON.stringify({ event: 'ready', port, services }));
  else for (const { name, url } of services) io.note(`${name}  ${url}`);
  health.watch(
    config.value.services.map((service) => ({
      id: service.name,
      public: service.public === undefined ? undefined : { url: service.public },
      tunnel: addressOf(service.tunnel),
      protocol: 'http' as const,
    })),
  );
  apply();
  await io.untilStopped();
  health.stop();
  await proxy.stop();
  return exitStatus.done;
};

type ConfiguredService = ProxyConfig['services'][number];

function proxiedOf(service: ConfiguredService, health: ProxiedService['health']): ProxiedService {
  return {
    id: service.name,
    name: service.name,
    choice: service.route satisfies RouteChoice | Route,
    public: service.public,
    tunnel: addressOf(service.tunnel),
    health,
  };
}

function addressOf(url: string | undefined): { readonly host: string; readonly port: number } | undefined {
  if (url === undefined) return undefined;
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
}
