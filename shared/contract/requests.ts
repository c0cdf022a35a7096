import type { z } from 'zod';
import type { Result } from '../result.ts';
import { agentRequests } from './requests/agents.ts';
import { auditRequests } from './requests/audit.ts';
import { comparisonRequests } from './requests/comparison.ts';
import { connectionRequests } from './requests/connections.ts';
import { containerRequests } from './requests/containers.ts';
import { fileRequests } from './requests/files.ts';
import { gateRequests } from './requests/gate.ts';
import { inspectorRequests } from './requests/inspector.ts';
import { engine, nothing, shell } from './requests/kinds.ts';
import { launchRequests } from './requests/launch.ts';
import { llmRequests } from './requests/llm.ts';
import { mappingRequests } from './requests/mappings.ts';
import { proxyRequests } from './requests/proxy.ts';
import { serviceRequests } from './requests/services.ts';
import { sessionRequests } from './requests/session.ts';
import { shellRequests } from './requests/shell.ts';
import { sshAliasRequests } from './requests/ssh-aliases.ts';
import { tunnelRequests } from './requests/tunnels.ts';
import { undoRequests } from './requests/undo.ts';
import type { Snapshot } from './state.ts';

export { mostPictureCharacters } from './requests/files.ts';

/**
 * Every question and order that the window may send: where it goes, what it
 * carries (checked where it arrives), what comes back. This map is the whole
 * door of the window; handlers, preload and the window's client derive from it.
 * Each capability has its own part in `requests/`.
 */
export const requests = {
  'state.get': engine<Snapshot<'engine'>>()(nothing),
  'shell.state': shell<Snapshot<'shell'>>()(nothing),
  ...sessionRequests,
  ...containerRequests,
  ...mappingRequests,
  ...serviceRequests,
  ...proxyRequests,
  ...inspectorRequests,
  ...comparisonRequests,
  ...auditRequests,
  ...tunnelRequests,
  ...connectionRequests,
  ...sshAliasRequests,
  ...launchRequests,
  ...gateRequests,
  ...llmRequests,
  ...shellRequests,
  ...fileRequests,
  ...undoRequests,
  ...agentRequests,
} as const;

export type RequestName = keyof typeof requests;
export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>;
export type RequestAnswer<N extends RequestName> = (typeof requests)[N]['answer'];
export type RequestResult<N extends RequestName> = Result<RequestAnswer<N>>;

export type EngineRequestName = {
  [N in RequestName]: (typeof requests)[N]['where'] extends 'engine' ? N : never;
}[RequestName];
export type ShellRequestName = Exclude<RequestName, EngineRequestName>;

/** One handler for each request of one side: the compiler refuses a side that forgets one. `Signal` is the runtime's `AbortSignal`. */
export type Handlers<N extends RequestName, Signal> = {
  readonly [K in N]: (
    input: z.output<(typeof requests)[K]['input']>,
    signal: Signal,
  ) => Promise<RequestResult<K>> | RequestResult<K>;
};

export const isRequestName = (value: unknown): value is RequestName =>
  typeof value === 'string' && Object.hasOwn(requests, value);

export const isEngineRequestName = (value: string): value is EngineRequestName =>
  isRequestName(value) && requests[value].where === 'engine';
