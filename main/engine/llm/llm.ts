import { speedTable } from '../../../shared/llm/index.ts';
import type {
  Chat,
  LanguageModel,
  LlmRoute,
  SpeedPlan,
  SpeedReport,
  SpeedState,
} from '../../../shared/model/llm.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { type LlmTarget, listModels } from './ask.ts';
import { measureSpeed } from './measure-speed.ts';
import { type ChatOrder, streamChat } from './stream-chat.ts';

interface LlmOrder extends ChatOrder {
  readonly serviceId: string;
  readonly route: LlmRoute;
}

/** Language models behind services: what they are, a chat to try one, and how fast they answer over each route. */
export interface Llm {
  /** `service_not_found`, `address_absent`, and the errors of `ask`. */
  models(serviceId: string, route: LlmRoute, signal: AbortSignal): Promise<Result<readonly LanguageModel[]>>;
  /** Settles when the answer has ended; it is shown in `chats` as it comes. */
  chat(id: string, order: LlmOrder, signal: AbortSignal): Promise<Result<null>>;
  /** Stops an answer; what came so far stays. */
  stopChat(id: string): void;
  forgetChat(id: string): void;
  chats(): readonly Chat[];
  /** One at a time: two would measure each other. `llm_measuring` while one runs. */
  measure(plan: SpeedPlan, signal: AbortSignal): Promise<Result<SpeedReport>>;
  stopMeasuring(): void;
  /** The last report as text; `record_not_found` without one. */
  exportSpeed(format: 'json' | 'table'): Result<{ readonly text: string }>;
  stop(): void;
}

/** Answers that are kept in sight; a window shows one conversation. */
const mostChats = 20;

export function createLlm(options: {
  readonly clock: Clock;
  readonly targetOf: (serviceId: string, route: LlmRoute, signal: AbortSignal) => Promise<Result<LlmTarget>>;
  readonly onChats: (chats: readonly Chat[]) => void;
  readonly onSpeed: (state: SpeedState) => void;
}): Llm {
  const { clock } = options;
  const chats = new Map<string, Chat>();
  const running = new Map<string, AbortController>();
  const life = new AbortController();
  let measuring: AbortController | undefined;
  let report: SpeedReport | undefined;

  const show = (chat: Chat) => {
    chats.set(chat.id, chat);
    for (const id of chats.keys()) if (chats.size > mostChats && !running.has(id)) chats.delete(id);
    options.onChats([...chats.values()]);
  };

  /** A controller that also ends with the caller's signal and with the engine. */
  function begin(signal: AbortSignal) {
    const own = new AbortController();
    const abort = () => own.abort();
    const above = [signal, life.signal];
    if (above.some((one) => one.aborted)) abort();
    for (const one of above) one.addEventListener('abort', abort, { once: true });
    return { own, end: () => above.forEach((one) => void one.removeEventListener('abort', abort)) };
  }

  async function chat(id: string, order: LlmOrder, signal: AbortSignal): Promise<Result<null>> {
    running.get(id)?.abort();
    const { own, end } = begin(signal);
    running.set(id, own);
    const base = { id, serviceId: order.serviceId, model: order.model };
    let text = '';
    let reasoning = '';
    let state: Chat['state'] = { kind: 'waiting', since: clock.now() };
    const isMine = () => running.get(id) === own;
    const tell = (part: Partial<Chat> = {}) => {
      // One that was replaced or forgotten has nothing more to show.
      if (isMine()) show({ ...base, text, ...(reasoning === '' ? {} : { reasoning }), state, ...part });
    };
    tell();
    const began = () => {
      if (state.kind === 'waiting') state = { kind: 'streaming', since: clock.now() };
      tell();
    };
    const onText = (piece: string) => {
      text += piece;
      began();
    };
    const onReasoning = (piece: string) => {
      reasoning += piece;
      began();
    };
    const how = { signal: own.signal, onText, onReasoning };
    const target = await options.targetOf(order.serviceId, order.route, own.signal);
    const answer = target.ok ? await streamChat(target.value, order, how) : target;
    end();
    if (answer.ok) {
      const { timing, reason } = answer.value;
      const { tokens, firstTokenMs, tokensPerSecond } = timing ?? {};
      tell({ state: { kind: 'done', reason }, tokens, firstTokenMs, tokensPerSecond });
    } else if (answer.error.code === 'cancelled') tell({ state: { kind: 'stopped' } });
    else tell({ state: { kind: 'failed', error: answer.error } });
    if (isMine()) running.delete(id);
    return answer.ok || answer.error.code === 'cancelled' ? ok(null) : answer;
  }

  return {
    async models(serviceId, route, signal) {
      const target = await options.targetOf(serviceId, route, signal);
      return target.ok ? listModels(target.value, signal) : target;
    },
    chat,
    stopChat: (id) => running.get(id)?.abort(),
    forgetChat(id) {
      running.get(id)?.abort();
      running.delete(id);
      chats.delete(id);
      options.onChats([...chats.values()]);
    },
    chats: () => [...chats.values()],
    async measure(plan, signal) {
      if (measuring !== undefined) return fail('llm_measuring');
      const { own, end } = begin(signal);
      measuring = own;
      const { serviceId } = plan;
      const of = plan.routes.length * plan.promptTokens.length * plan.parallel.length;
      options.onSpeed({ kind: 'running', serviceId, done: 0, of, rows: [] });
      try {
        const measured = await measureSpeed(plan, {
          targetOf: (route) => options.targetOf(serviceId, route, own.signal),
          now: () => clock.now(),
          onRow: (rows, done) => options.onSpeed({ kind: 'running', serviceId, done, of, rows }),
          signal: own.signal,
        });
        if (measured.ok) report = measured.value;
        return measured;
      } finally {
        end();
        measuring = undefined;
        options.onSpeed(report === undefined ? { kind: 'idle' } : { kind: 'done', report });
      }
    },
    stopMeasuring: () => measuring?.abort(),
    exportSpeed(format) {
      if (report === undefined) return fail('record_not_found');
      return ok({ text: format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : speedTable(report) });
    },
    stop: () => life.abort(),
  };
}
