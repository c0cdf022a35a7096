import { type AgentsState, noAgents } from '../model/agent.ts';
import type { AuditReport, AuditState } from '../model/audit.ts';
import type { Availability } from '../model/availability.ts';
import type { ComparisonState } from '../model/comparison-record.ts';
import type { Connection } from '../model/connection.ts';
import type { Container } from '../model/container.ts';
import type { Gate } from '../model/gate.ts';
import type { Launch, OwnRecipe, PortOffer } from '../model/launch.ts';
import type { Chat, SpeedState } from '../model/llm.ts';
import type { LoginKey } from '../model/login-key.ts';
import type { FoundProgram } from '../model/program.ts';
import type { Service } from '../model/service.ts';
import type { AccountEntry, ProxyState, Session } from '../model/session.ts';
import type { EngineLife, FileNotice, SecretTier, SettingName, Settings } from '../model/settings.ts';
import type { MappingTemplate } from '../model/template.ts';

/** What the engine publishes: single values, and collections by id. */
export interface EngineState {
  readonly session: Session;
  /** Every account that is kept, by id; one of them may be open. */
  readonly accounts: Readonly<Record<string, AccountEntry>>;
  /** Sets of mappings, built in ones first. */
  readonly templates: readonly MappingTemplate[];
  readonly proxy: ProxyState;
  /** The comparison under way. */
  readonly comparison: ComparisonState;
  /** The exposure audit under way. */
  readonly audit: AuditState;
  readonly containers: Readonly<Record<string, Container>>;
  readonly services: Readonly<Record<string, Service>>;
  /** How often routes answered; by service, renewed every minute while somebody looks. */
  readonly availability: Readonly<Record<string, Availability>>;
  /** What the audit found last at public addresses; by service. */
  readonly audits: Readonly<Record<string, AuditReport>>;
  /** Machines that are reached by SSH and belong to no platform. */
  readonly connections: Readonly<Record<string, Connection>>;
  /** What was started in containers, running or ended. */
  readonly launches: Readonly<Record<string, Launch>>;
  /** Gates in front of services that are shared; by service. */
  readonly gates: Readonly<Record<string, Gate>>;
  /** Ports that were found to listen and wait for a person's word. */
  readonly offers: Readonly<Record<string, PortOffer>>;
  /** Answers of language models, as they come. */
  readonly chats: Readonly<Record<string, Chat>>;
  /** The measurement of a language model under way, or the last one. */
  readonly speed: SpeedState;
  /** How this computer signs in to the containers of the account, beside their passwords. */
  readonly loginKey: LoginKey;
  /** The person's own. */
  readonly recipes: readonly OwnRecipe[];
  /** What agents ask for, may do and did. */
  readonly agents: AgentsState;
}

/** What the shell publishes. */
export interface ShellState {
  readonly engine: EngineLife;
  readonly settings: Settings;
  /** Those that differ from their defaults: what a reset would change. */
  readonly changedSettings: readonly SettingName[];
  /** Where secrets are kept on this machine. */
  readonly secrets: SecretTier;
  /** Language in force: the setting, or the system's. */
  readonly language: 'en' | 'zh-CN';
  readonly version: string;
  /** An account of last time is opened again at the start: there is nothing to choose until the engine says more. */
  readonly remembersAccount: boolean;
  /** What is wrong with Gearway's own files, until the person has read it. */
  readonly notices: readonly FileNotice[];
  /** Programs of this computer that something can be opened in, terminals first; empty until they were looked for. */
  readonly programs: readonly FoundProgram[];
  /** Counts up whenever the list of what happened changed; the list itself is asked for by `shell.activity`. */
  readonly activity: number;
}

export interface States {
  readonly engine: EngineState;
  readonly shell: ShellState;
}
export type Side = keyof States;

/**
 * A whole state. Revisions count up within one epoch; a new epoch means a new
 * process, whose revisions start again, so that everything known is replaced.
 */
export interface Snapshot<S extends Side = Side> {
  readonly side: S;
  readonly epoch: string;
  readonly revision: number;
  readonly state: States[S];
}

/** The keys that changed, each whole, for single values; the members that changed or went, for collections. */
export interface Change<S extends Side = Side> {
  readonly side: S;
  readonly epoch: string;
  /** Revision after this change. */
  readonly revision: number;
  readonly set: Partial<States[S]>;
  readonly put?: { readonly [K in Collection]?: Readonly<Record<string, unknown>> };
  readonly drop?: { readonly [K in Collection]?: readonly string[] };
}

/** Keys of the engine's state that are collections: they change member by member. */
export const collections = [
  'accounts',
  'containers',
  'services',
  'connections',
  'availability',
  'audits',
  'launches',
  'offers',
  'gates',
  'chats',
] as const;
export type Collection = (typeof collections)[number];

export const initialEngineState: EngineState = {
  session: { kind: 'none' },
  accounts: {},
  templates: [],
  proxy: { kind: 'stopped' },
  comparison: { kind: 'idle' },
  audit: { kind: 'idle' },
  containers: {},
  services: {},
  connections: {},
  availability: {},
  audits: {},
  launches: {},
  offers: {},
  gates: {},
  chats: {},
  speed: { kind: 'idle' },
  loginKey: { kind: 'none' },
  recipes: [],
  agents: noAgents,
};
