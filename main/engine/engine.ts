import { randomUUID } from 'node:crypto';
import type { Ask, Take } from '../../shared/contract/asking.ts';
import { createDispatcher } from '../../shared/contract/dispatcher.ts';
import type { EngineRequestName } from '../../shared/contract/requests.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import { createAgents, describeAction } from './agents/index.ts';
import { assemble } from './wiring/assemble.ts';
import type { EngineOptions } from './wiring/engine-options.ts';
import { subscribeFeedback } from './wiring/feedback.ts';
import { createHandlers } from './wiring/handlers.ts';
import { stopEngine } from './wiring/stop.ts';

/** Everything that Gearway does, behind one door: the same for the window and for the command line. */
export interface Engine {
  /** Opens again what memory holds: the account, its tunnels, the proxy's port. */
  start(): Promise<void>;
  /** Checks the input against the contract, then answers. `bad_request` for what is not in the contract; never throws. */
  readonly handle: Take<AbortSignal>;
  /** The same for whoever asks from within this process. */
  readonly ask: Ask<EngineRequestName, AbortSignal>;
  snapshot(): Snapshot<'engine'>;
  /** Nobody is looking: questions become rare. `false` again each time that somebody turns to the window. */
  setHidden(hidden: boolean): void;
  /** The machine woke up or its network changed: every link is asked at once. */
  nudge(): void;
  /** Ends every connection and timer, in order; within 3 s. */
  stop(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const engine = assemble(options);
  const { containers, health, availability, launching, ssh, connections, session } = engine;
  subscribeFeedback(engine);
  const noteBug = (request: string, error: unknown) =>
    options.log('error', 'engine.bug', { request, error: stackOf(error) });
  const handlers = createHandlers(engine);
  const own = createDispatcher(handlers, noteBug);
  // Agents ask for what the others answer, once a person allows it: so they come last.
  const agents = createAgents({
    clock: options.clock,
    newId: randomUUID,
    describe: (action, input, signal) =>
      describeAction(action, input, { state: engine.published.read(), ask: own.ask, signal }),
    take: own.take,
    publish: (state) => engine.published.set('agents', state),
  });
  const dispatcher = createDispatcher({ ...handlers, ...agents.handlers }, noteBug);

  return {
    async start() {
      await Promise.all([availability.start(), engine.audit.recall(), engine.latestMeasured.recall()]);
      await Promise.all([engine.localFront.start(), connections.start(), session.restore()]);
    },
    handle: dispatcher.take,
    ask: dispatcher.ask,
    snapshot: () => engine.published.snapshot(),
    setHidden(hidden) {
      containers.setHidden(hidden);
      health.setHidden(hidden);
      availability.setHidden(hidden);
      launching.launchWatch.setHidden(hidden);
    },
    nudge() {
      ssh.nudge();
      connections.nudge();
      health.nudge();
      if (session.account() !== undefined) void containers.refresh();
    },
    stop() {
      agents.stop();
      return stopEngine(engine);
    },
  };
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
