import type { Container } from '../../../shared/model/container.ts';
import type { PutBack } from '../base/bin.ts';
import { createEdge } from '../base/edge.ts';
import type { HeardContainers } from '../containers/index.ts';
import type { ReachableService } from '../services/index.ts';

export type Edges = ReturnType<typeof createEdges>;

/** What capabilities say of themselves, before those who listen are made. Who listens stands in `feedback.ts`. */
export const createEdges = () => ({
  /** An account is open, and nothing was asked about it yet. */
  accountOpened: createEdge(),
  /** Its token is good again. */
  accountRenewed: createEdge(),
  /** Another one is about to open, or none: everything of this one is let go. */
  accountClosing: createEdge<void, Promise<void>>(),
  /** Nothing of these containers is kept; the answers put back what was let go. */
  containersForgotten: createEdge<ReadonlySet<string>, Promise<PutBack>>(),
  containersHeard: createEdge<HeardContainers>(),
  /** A look into a container saw something else than was known. */
  listeningSeen: createEdge(),
  lookChanged: createEdge<{
    readonly containerId: string;
    readonly look: Container['look'];
  }>(),
  launchesChanged: createEdge(),
  healthChanged: createEdge<{ readonly id: string; readonly isNews: boolean }>(),
  /** What a stranger gets at the public address of a service behind a gate was asked anew. */
  gateChecked: createEdge<string>(),
  /** What was chosen for a local address, or for all of them. */
  localChanged: createEdge(),
  /** Something that services are made of has changed: they are joined again, soon and once. */
  serviceNews: createEdge(),
  /** Machines that belong to no platform, or what they do. */
  connectionsChanged: createEdge(),
  /** Services were joined anew. */
  servicesJoined: createEdge<readonly ReachableService[]>(),
});
