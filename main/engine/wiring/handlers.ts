import type { EngineRequestName, Handlers } from '../../../shared/contract/requests.ts';
import { serviceId } from '../../../shared/model/service.ts';
import { readPort } from '../../../shared/platform-rules/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { createAuditHandlers } from '../audit/index.ts';
import { compareService, createLabHandlers } from '../comparison/index.ts';
import { createConnectionHandlers } from '../connections/index.ts';
import { createLaunchHandlers } from '../launcher/index.ts';
import { createLlmHandlers } from '../llm/index.ts';
import { allTemplates, findAddress, removeTemplate, saveTemplate, showTemplates } from '../mappings/index.ts';
import { createInspectorHandlers } from '../proxy/index.ts';
import { chooseAddress } from '../services/index.ts';
import type { Capabilities } from './assemble.ts';

export type EngineHandlers = Handlers<EngineRequestName, AbortSignal>;

const done = ok(null);
/** A tunnel that comes back with its service may take this long to open. */
const putBackMs = 15_000;

/** One line for each request where one is enough; what needs more stands with its capability. */
export function createHandlers(parts: Capabilities): EngineHandlers {
  const { local, session, containers, mappings, wanted, tunnels, memory, board, health, bin } = parts;

  return {
    ...createInspectorHandlers(parts.proxy, bin),

    ...createConnectionHandlers(parts.connections, bin),
    ...createLlmHandlers(parts.llm),
    ...createLaunchHandlers({
      launcher: parts.launcher,
      recipes: parts.ownRecipes,
      offers: parts.offers,
      hurry: (containerId) => parts.launchWatch.hurry(containerId),
      folder: parts.folder,
      bin,
    }),
    'undo.putBack': ({ undoId }) => bin.putBack(undoId),
    'state.get': () => ok(parts.published.snapshot()),

    'session.try': () => session.tryLocal(),
    'session.signIn': (typed, signal) => session.signIn(typed, signal),
    'session.signInWithPassword': (typed, signal) => session.signInWithPassword(typed, signal),
    'session.bayesAccounts': () => session.bayesAccounts(),
    'session.importBayes': (wantedAccount, signal) => session.importBayes(wantedAccount, signal),
    'session.switch': ({ accountId }) => session.switchTo(accountId),
    'session.renew': (typed, signal) => session.renew(typed, signal),
    'session.setParty': (wantedParty, signal) => session.setParty(wantedParty, signal),
    'session.forget': async ({ accountId }) => bin.keep(await session.forget(accountId)),
    'session.diagnostics': () => session.diagnostics(),
    'session.signOut': async () => bin.keep(await session.signOut()),

    'containers.registerKey': (_nothing, signal) => parts.loginKeys.register(signal),
    'containers.refresh': (_nothing, signal) => containers.refresh(signal),
    'containers.start': ({ containerId }, signal) => containers.startContainer(containerId, signal),
    'containers.stop': ({ containerId }, signal) => containers.stopContainer(containerId, signal),
    'containers.restart': ({ containerId }, signal) => containers.restart(containerId, signal),
    'containers.giveUp': ({ containerId }) => containers.giveUp(containerId),
    'containers.options': (_nothing, signal) => containers.options(signal),
    'containers.create': (form, signal) => containers.create(form, signal),
    'containers.logs': ({ containerId }, signal) => containers.logs(containerId, signal),
    'containers.look': ({ containerId }, signal) =>
      containers.get(containerId) === undefined
        ? fail('container_not_found')
        : parts.looks.now(containerId, signal),

    'mappings.add': (typed) => mappings.add(typed),
    'mappings.remove': (wantedMapping) => bin.keep(mappings.remove(wantedMapping)),
    'mappings.discard': (which) => bin.keep(mappings.discard(which)),
    'mappings.change': (typed) => mappings.change(typed),
    'mappings.copy': (wantedCopy) => mappings.copy(wantedCopy),
    'mappings.move': (wantedMove) => mappings.move(wantedMove),
    'mappings.note': (typed) => mappings.note(typed),
    'mappings.forgetNote': (which) => bin.keep(mappings.forgetNote(which)),
    'mappings.applyTemplate'({ containerId, templateId }) {
      const template = allTemplates(memory).find(({ id }) => id === templateId);
      return template === undefined
        ? fail('template_not_found')
        : mappings.apply({ containerId, mappings: template.mappings });
    },
    'mappings.find': ({ address }) => findAddress(address, session.account(), containers.list()),
    'templates.save'(template) {
      if (!saveTemplate(memory, template)) return fail('bad_request');
      showTemplates(parts.published, memory);
      return done;
    },
    'templates.remove'({ templateId }) {
      const showAll = () => showTemplates(parts.published, memory);
      const putBack = removeTemplate(memory, templateId, showAll);
      showAll();
      return bin.keep(ok(putBack));
    },

    'services.add'({ containerId, port: typed }) {
      const port = readPort(typed);
      if (port === undefined) return fail('port_invalid', { field: 'port' });
      if (containers.get(containerId) === undefined) return fail('container_not_found');
      const known = memory.read().services;
      const before = known.find((service) => service.containerId === containerId && service.port === port);
      const id = serviceId(containerId, port);
      const name = before?.name ?? parts.nameFor(containerId, port);
      memory.update({
        services: [
          ...known.filter((service) => service !== before),
          { containerId, port, name, byHand: true },
        ],
      });
      board.dirty();
      return ok({ serviceId: id });
    },
    async 'services.remove'({ serviceId: id }) {
      const wasOpen = memory.read().tunnels.some((tunnel) => tunnel.serviceId === id && tunnel.open);
      const byHand = (isByHand: boolean) => {
        const services = memory
          .read()
          .services.map((service) =>
            serviceId(service.containerId, service.port) === id ? { ...service, byHand: isByHand } : service,
          );
        memory.update({ services });
        board.dirty();
      };
      await wanted.close(id);
      byHand(false);
      return bin.keep(
        ok(() => {
          byHand(true);
          return wasOpen ? wanted.open(id, undefined, AbortSignal.timeout(putBackMs)) : done;
        }),
      );
    },
    async 'services.check'({ serviceId: id }, signal) {
      if (board.get(id) === undefined) return fail('service_not_found');
      await health.checkNow(id, signal);
      return signal.aborted ? fail('cancelled') : done;
    },
    'services.setRoute'({ serviceId: id, choice }) {
      if (board.get(id) === undefined) return fail('service_not_found');
      memory.update({ routes: { ...memory.read().routes, [id]: choice } });
      board.dirty();
      return done;
    },
    'services.setHeaders': ({ serviceId: id, change }) =>
      board.get(id) === undefined ? fail('service_not_found') : local.setHeaders(id, change),
    'services.setOwnPort': ({ serviceId: id, port }) =>
      board.get(id) === undefined ? fail('service_not_found') : local.setOwnPort(id, port),
    'services.keepBodies': ({ serviceId: id, keep }) =>
      board.get(id) === undefined ? fail('service_not_found') : local.setKeepBodies(id, keep),
    'services.setCredential': ({ serviceId: id, key }) =>
      board.get(id) === undefined ? fail('service_not_found') : local.setCredential(id, key),
    'services.forgetCredential': async ({ serviceId: id }) => bin.keep(await local.forgetCredential(id)),
    'proxy.setHttps': ({ on }) => local.setHttps(on),
    'proxy.setTrusted': ({ on }, signal) => local.setTrusted(on, signal),
    'services.compare': ({ serviceId: id, ...how }, signal) => compareService(parts, id, signal, how),
    ...createLabHandlers(parts),
    ...createAuditHandlers(parts),
    'services.address': ({ serviceId: id, which }) => chooseAddress(board.get(id), which),

    async 'tunnels.open'({ serviceId: id, localPort: typed = '' }, signal): Promise<Result<null>> {
      if (board.get(id) === undefined) return fail('service_not_found');
      const localPort = typed.trim() === '' ? undefined : readPort(typed);
      if (typed.trim() !== '' && localPort === undefined) return fail('port_invalid', { field: 'localPort' });
      const opened = await wanted.open(id, localPort, signal);
      board.dirty();
      if (opened.ok) return done;
      const { error } = opened;
      return fail(error.code, error.code.startsWith('local_port') ? { ...error, field: 'localPort' } : error);
    },
    async 'tunnels.close'({ serviceId: id }) {
      await wanted.close(id);
      board.dirty();
      return done;
    },
    'tunnels.retry'({ serviceId: id }) {
      tunnels.retry(id);
      return done;
    },

    'hostKeys.accept'({ containerId, fingerprint }) {
      const container = containers.get(containerId);
      if (container === undefined) return fail('container_not_found');
      const shown = parts.ssh.fingerprint(containerId);
      // Only the key that was shown is accepted: another one may have come meanwhile.
      if (shown === undefined || shown.fingerprint !== fingerprint) return fail('ssh_host_key_changed');
      memory.remember({ runId: container.runId, ...shown, acceptedAt: parts.clock.now() });
      parts.ssh.drop(containerId);
      for (const { service } of board.list()) {
        if (service.containerId === containerId && tunnels.get(service.id) !== undefined)
          tunnels.retry(service.id);
      }
      return done;
    },
  };
}
