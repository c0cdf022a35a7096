import { readServiceId } from '../../../shared/model/service.ts';
import { ok } from '../../../shared/result.ts';
import type { LoginKeys } from '../account/index.ts';
import { type Bin, createBin } from '../base/bin.ts';
import { createMemory } from '../base/memory.ts';
import { createPublishedState } from '../base/published-state.ts';
import { compare } from '../comparison/index.ts';
import type { Containers } from '../containers/index.ts';
import type { EngineOptions } from '../engine.ts';
import type { Llm } from '../llm/index.ts';
import { createMappings, type Mappings, showTemplates } from '../mappings/index.ts';
import { type Board, serviceName } from '../services/index.ts';
import { type AccountSide, createAccountSide } from './account-side.ts';
import { type Comparing, createComparing } from './comparing.ts';
import { createContainerList } from './container-list.ts';
import type { Ground } from './ground.ts';
import { createLaunching, type Launching } from './launching.ts';
import { createLocalSide, type LocalSide } from './local-side.ts';
import { createLoginKey } from './login-key.ts';
import { createModels } from './models.ts';
import { createServices } from './services.ts';
import { createSshSide, type SshSide } from './ssh-side.ts';
import { createWatching, type Watching } from './watching.ts';

/** The engine's parts, put together. Who knows what stands here and nowhere else. */
export interface Capabilities
  extends Pick<Ground, 'memory' | 'published'>,
    Pick<AccountSide, 'session'>,
    SshSide,
    Omit<Launching, 'follow' | 'forget'>,
    Pick<Watching, 'health' | 'audit'>,
    Pick<LocalSide, 'proxy' | 'local'>,
    Comparing {
  readonly containers: Containers;
  readonly mappings: Mappings;
  readonly board: Board;
  readonly llm: Llm;
  readonly loginKeys: LoginKeys;
  /** What was removed and can still be put back. */
  readonly bin: Bin;
  readonly compare: typeof compare;
  /** A folder of Gearway's own, for what it writes for a person. */
  readonly folder: string;
  readonly clock: EngineOptions['clock'];
  /** A free local name for a service that was typed in. */
  nameFor(containerId: string, port: number): string;
  start(): Promise<void>;
  setHidden(hidden: boolean): void;
  nudge(): void;
  stop(): Promise<void>;
}

export function createCapabilities(options: EngineOptions): Capabilities {
  const memory = createMemory(options.memory, options.remember);
  const published = createPublishedState({
    epoch: options.epoch,
    clock: options.clock,
    notify: options.notify,
  });
  const bin = createBin(options);
  const ground: Ground = {
    options,
    memory,
    published,
    dirty: () => board.dirty(),
    dirtyLater: () => board.dirtyLater(),
  };

  const account = createAccountSide(ground, {
    containers: () => containers.list(),
    onOpen() {
      containers.start();
      void loginKeys.recall();
    },
    onRenewed() {
      looks.again();
      wanted.renewed();
      void containers.refresh();
    },
    onClose: closeAccount,
    async onForget(gone) {
      const isGone = (serviceId: string) => gone.has(readServiceId(serviceId)?.containerId ?? '');
      const back = [
        audit.forget(isGone),
        availability.forget(isGone),
        await comparing.labHistory.forgetServices(isGone),
      ];
      return async () => {
        for (const putBack of back) await putBack();
        return ok(null);
      };
    },
  });
  const { session } = account;
  const containers = createContainerList(ground, {
    session,
    isAway: () => account.isAway(),
    loginKey: () => loginKeys.key(),
    onList(list) {
      for (const container of list) if (container.status.kind !== 'running') ssh.drop(container.id);
      looks.follow(
        list.map(({ id, runId, status, ssh: endpoint }) => ({
          id,
          runId,
          reachable: status.kind === 'running' && endpoint !== undefined,
        })),
      );
      wanted.follow(list);
    },
  });
  const loginKeys = createLoginKey(ground, session);
  const sshSide = createSshSide(ground, () => containers);
  const { ssh, tunnels, connections, wanted } = sshSide;
  const launching = createLaunching(ground, { ssh, containers });
  const { looks, launcher, launchWatch, offers, ownRecipes } = launching;
  const watching = createWatching(ground, {
    tunnels,
    isAway: () => account.isAway(),
    onTrouble: () => containers.doubt(),
  });
  const { health, availability, audit, kinds } = watching;
  const localSide = createLocalSide(ground, { wanted, tunnels, health });
  const comparing = createComparing(ground, { tunnels, containers, board: () => board });
  const llm = createModels(ground, { board: () => board, wanted, localSide });
  const board: Board = createServices(ground, {
    account,
    containers,
    sshSide,
    launching,
    watching,
    localSide,
    comparing,
  });

  async function closeAccount() {
    comparing.labDesk.cancel();
    audit.cancel();
    audit.keepOnly(new Map());
    containers.stop();
    await containers.flush();
    await wanted.closeAll();
    for (const container of containers.list()) ssh.drop(container.id);
    published.replace('containers', []);
    published.set('loginKey', { kind: 'none' });
    published.replace('services', []);
    published.replace('availability', []);
    launching.forget();
  }

  return {
    published,
    memory,
    session,
    containers,
    mappings: createMappings({ containers, facts: () => session.facts() }),
    ssh,
    connections,
    loginKeys,
    bin,
    tunnels,
    wanted,
    health,
    audit,
    proxy: localSide.proxy,
    local: localSide.local,
    looks,
    board,
    llm,
    launcher,
    launchWatch,
    offers,
    ownRecipes,
    folder: options.folder,
    compare,
    ...comparing,
    clock: options.clock,
    nameFor(containerId, port) {
      const container = containers.get(containerId)?.name ?? 'service';
      return serviceName({ containerName: container, port, known: memory.read().services });
    },
    async start() {
      showTemplates(published, memory);
      await Promise.all([availability.start(), audit.recall(), comparing.labs.recall()]);
      await Promise.all([localSide.start(), connections.start(), session.restore()]);
    },
    setHidden(hidden) {
      containers.setHidden(hidden);
      health.setHidden(hidden);
      availability.setHidden(hidden);
      launchWatch.setHidden(hidden);
    },
    nudge() {
      ssh.nudge();
      health.nudge();
      if (session.account() !== undefined) void containers.refresh();
    },
    async stop() {
      bin.stop();
      comparing.labDesk.stop();
      const audited = audit.stop();
      looks.stop();
      launchWatch.stop();
      llm.stop();
      kinds.stop();
      health.stop();
      board.stop();
      containers.stop();
      await Promise.all([availability.stop(), audited]);
      await localSide.stop();
      await tunnels.stop();
      await ssh.stop();
      await session.stop();
      await containers.flush();
      published.flush();
    },
  };
}
