import { ok } from '../../../shared/result.ts';
import { createAccountHandlers } from '../account/index.ts';
import { createAuditHandlers } from '../audit/index.ts';
import type { EngineHandlers, HandlersOf } from '../base/handlers.ts';
import { createComparisonHandlers } from '../comparison/index.ts';
import { createConnectionHandlers } from '../connections/index.ts';
import { createContainerHandlers } from '../containers/index.ts';
import { createGateHandlers } from '../gate/index.ts';
import { createLaunchHandlers } from '../launcher/index.ts';
import { createListeningHandlers } from '../listening/index.ts';
import { createLlmHandlers } from '../llm/index.ts';
import { createLocalAddressHandlers } from '../local-addresses/index.ts';
import { createMappingHandlers } from '../mappings/index.ts';
import { createInspectorHandlers } from '../proxy/index.ts';
import { createServiceHandlers } from '../services/index.ts';
import type { Capabilities } from './assemble.ts';

/** What the engine answers: what each capability offers, together. */
export function createHandlers(engine: Capabilities): Omit<EngineHandlers, keyof HandlersOf<'agents'>> {
  const { bin, board, containers, memory, launching, clock } = engine;
  return {
    'state.get': () => ok(engine.published.snapshot()),
    'undo.putBack': ({ undoId }) => bin.putBack(undoId),
    ...createAccountHandlers(engine, bin),
    ...createContainerHandlers(containers),
    ...createListeningHandlers(engine.looks, containers),
    ...createMappingHandlers(engine),
    ...createServiceHandlers({ ...engine, known: engine.knownServices, memory, now: clock.now }),
    ...createLocalAddressHandlers(engine.local, board, bin),
    ...createInspectorHandlers(engine.proxy, bin),
    ...createConnectionHandlers(engine.connections, bin),
    'sshAliases.show': () => engine.sshAliases.show(),
    'sshAliases.install': () => engine.sshAliases.install(),
    'sshAliases.remove': () => engine.sshAliases.remove(),
    'sshAliases.endpoint': ({ alias }) => engine.sshAliases.endpoint(alias),
    ...createLaunchHandlers({
      ...launching,
      recipes: launching.ownRecipes,
      hurry: (containerId) => launching.launchWatch.hurry(containerId),
      folder: engine.folder,
      bin,
    }),
    ...createGateHandlers(engine.gates),
    ...createAuditHandlers(engine.audit, board),
    ...createLlmHandlers(engine.models),
    ...createComparisonHandlers(engine),
  };
}
