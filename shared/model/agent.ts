import type { AppError } from '../result.ts';
import type { Subject } from './activity.ts';

/** What an agent may ask for; each is asked of the person first. Everything else that an agent can do only reads. */
export const agentActions = [
  'tunnels.open',
  'tunnels.close',
  'launch.start',
  'launch.stop',
  'mappings.add',
] as const;
export type AgentAction = (typeof agentActions)[number];

/** Who asks. */
export interface Agent {
  /** What the program calls itself, which proves nothing. */
  readonly name: string;
  /** The one conversation that it is. */
  readonly session: string;
}

/** An action that waits for the person. */
export interface AgentQuestion {
  readonly id: string;
  readonly agent: Agent;
  readonly action: AgentAction;
  readonly subject?: Subject;
  /** What exactly would be done, where its name does not say it: a command, a port. Foreign text. */
  readonly detail?: string;
  /** Nobody answered by then, milliseconds since the epoch: it is refused. */
  readonly until: number;
}

/** What an agent did, or was kept from; newest last, a few of them. */
export interface AgentDeed {
  readonly id: string;
  readonly agent: string;
  readonly action: AgentAction;
  readonly subject?: Subject;
  readonly error?: AppError;
}

export interface AgentsState {
  readonly questions: readonly AgentQuestion[];
  /** Conversations that act without asking, until when. */
  readonly allowed: readonly { readonly agent: Agent; readonly until: number }[];
  readonly deeds: readonly AgentDeed[];
}

export const noAgents: AgentsState = { questions: [], allowed: [], deeds: [] };
