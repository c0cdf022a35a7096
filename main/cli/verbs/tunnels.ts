import type { Service } from '../../../shared/model/service.ts';
import { textIn } from '../engine-options.ts';
import { exitStatus } from '../io.ts';
import { listed, serviceVerb, table, type VerbTools, verb } from '../verb.ts';

const localOf = ({ tunnel }: Service): string =>
  tunnel.local === undefined ? '' : `${tunnel.local.host}:${tunnel.local.port}`;

/** What stands in a line of a tunnel, as `gearway tunnel` of an SSH server writes it. */
const eventOf = (service: Service, container: string) => ({
  service: service.name,
  serviceId: service.id,
  container,
  local: localOf(service) || undefined,
  state: service.tunnel.state.kind,
  reason: 'error' in service.tunnel.state ? service.tunnel.state.error.code : undefined,
});

export const list = verb(async ({ engine, json, io, show }) => {
  await listed(engine);
  const { services, containers } = engine.state();
  const open = Object.values(services)
    .filter(({ tunnel }) => tunnel.state.kind !== 'closed')
    .map((service) => eventOf(service, containers[service.containerId]?.name ?? ''));
  if (json) {
    for (const each of open) io.out(JSON.stringify({ event: 'tunnel', ...each }));
    return exitStatus.done;
  }
  const rows = open.map(({ container, service, local, state }) => [container, service, local ?? '', state]);
  return show('tunnels', {}, ...table(['CONTAINER', 'SERVICE', 'LOCAL', 'STATE'], rows));
});

/** An engine of the command's own takes its tunnel along when it ends: so the command stays. */
async function stay({ engine, io }: VerbTools) {
  if (engine.isAttached) return;
  io.note('This tunnel works while this command runs. Ctrl-C ends it.');
  await io.untilStopped();
}

/** The board tells a moment later what the request has done. */
const seenMs = 3_000;

export const open = serviceVerb(async (tools, { id }) => {
  const { engine, options, answer, show } = tools;
  const opened = await engine.ask('tunnels.open', { serviceId: id, localPort: textIn(options, 'port') });
  if (opened.ok) await engine.until(({ services }) => services[id]?.tunnel.local !== undefined, seenMs);
  const service = engine.state().services[id];
  const status = answer(opened, () =>
    service === undefined
      ? exitStatus.failed
      : show('tunnel', eventOf(service, ''), localOf(service) || service.tunnel.state.kind),
  );
  if (status === exitStatus.done) await stay(tools);
  return status;
});
export const close = serviceVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('tunnels.close', { serviceId: id })),
);
export const retry = serviceVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('tunnels.retry', { serviceId: id })),
);
