import type { Take } from '../../../shared/contract/asking.ts';
import {
  type Agent,
  type AgentAction,
  type AgentDeed,
  type AgentQuestion,
  type AgentsState,
  noAgents,
} from '../../../shared/model/agent.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import type { HandlersOf } from '../base/handlers.ts';

/** A person who is there answers within this time, in ms. */
const patienceMs = 120_000;
const hourMs = 3_600_000;
/** More questions at once are a flood and no conversation. */
const mostQuestions = 5;
const mostDeeds = 20;

type Allow = 'no' | 'once' | 'hour';

/** Agents of the person's own programs: they read freely, and act when the person allows it. */
export interface Agents {
  readonly handlers: HandlersOf<'agents'>;
  /** Refuses what still waits. */
  stop(): void;
}

export function createAgents(options: {
  readonly clock: Clock;
  readonly newId: () => string;
  /** What the action is about, and what its name does not say; fails as the action itself would. */
  readonly describe: (
    action: AgentAction,
    input: unknown,
    signal: AbortSignal,
  ) => Promise<Result<Pick<AgentQuestion, 'subject' | 'detail'>>>;
  /** Answers the action itself. */
  readonly take: Take<AbortSignal>;
  readonly publish: (state: AgentsState) => void;
}): Agents {
  const { clock, newId } = options;
  let state = noAgents;
  const waiting = new Map<string, (allow: Allow | 'nobody') => void>();
  const show = (part: Partial<AgentsState>) => {
    state = { ...state, ...part };
    options.publish(state);
  };
  const isAllowed = (agent: Agent) =>
    state.allowed.some((one) => one.agent.session === agent.session && one.until > clock.now());

  function ask(question: AgentQuestion, signal: AbortSignal): Promise<Allow | 'nobody'> {
    return new Promise((resolve) => {
      const settle = (allow: Allow | 'nobody') => {
        stopWaiting();
        signal.removeEventListener('abort', leave);
        waiting.delete(question.id);
        show({ questions: state.questions.filter(({ id }) => id !== question.id) });
        resolve(allow);
      };
      const leave = () => settle('nobody');
      const stopWaiting = clock.after(patienceMs, leave);
      signal.addEventListener('abort', leave, { once: true });
      waiting.set(question.id, settle);
      show({ questions: [...state.questions, question] });
    });
  }

  function note(deed: Omit<AgentDeed, 'id'>) {
    show({ deeds: [...state.deeds, { id: newId(), ...deed }].slice(-mostDeeds) });
  }

  async function allowed(question: AgentQuestion, signal: AbortSignal): Promise<AppError | undefined> {
    if (isAllowed(question.agent)) return undefined;
    if (state.questions.length >= mostQuestions) return { code: 'agent_waits' };
    const allow = await ask(question, signal);
    if (signal.aborted) return { code: 'cancelled' };
    if (allow === 'nobody') return { code: 'agent_unanswered' };
    if (allow === 'no') return { code: 'agent_refused' };
    if (allow === 'hour')
      show({
        allowed: [
          ...state.allowed.filter(({ until }) => until > clock.now()),
          { agent: question.agent, until: clock.now() + hourMs },
        ],
      });
    return undefined;
  }

  const handlers: HandlersOf<'agents'> = {
    async 'agents.act'({ agent, action, input }, signal) {
      const described = await options.describe(action, input, signal);
      if (!described.ok) return described;
      const question = { id: newId(), agent, action, ...described.value, until: clock.now() + patienceMs };
      const refusal = await allowed(question, signal);
      const { subject } = question;
      if (refusal !== undefined) {
        if (refusal.code !== 'cancelled') note({ agent: agent.name, action, subject, error: refusal });
        return { ok: false, error: refusal };
      }
      const result = await options.take(action, input, signal);
      note({ agent: agent.name, action, subject, ...(result.ok ? {} : { error: result.error }) });
      return result.ok ? ok({ answer: result.value }) : result;
    },
    'agents.answer'({ id, allow }) {
      const settle = waiting.get(id);
      if (settle === undefined) return fail('agent_question_gone');
      settle(allow);
      return ok(null);
    },
    'agents.forbid'() {
      show({ allowed: [] });
      return ok(null);
    },
  };
  return {
    handlers,
    stop() {
      for (const settle of [...waiting.values()]) settle('nobody');
    },
  };
}
