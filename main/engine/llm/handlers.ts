import type { EngineRequestName, Handlers } from '../../../shared/contract/requests.ts';
import { ok } from '../../../shared/result.ts';
import type { Llm } from './llm.ts';

type Name = Extract<EngineRequestName, `llm.${string}`>;

/** What the window may ask of language models. */
export function createLlmHandlers(llm: Llm): Pick<Handlers<EngineRequestName, AbortSignal>, Name> {
  return {
    'llm.models': ({ serviceId, route }, signal) => llm.models(serviceId, route, signal),
    'llm.chat': ({ id, ...order }, signal) => llm.chat(id, order, signal),
    'llm.stopChat'({ id }) {
      llm.stopChat(id);
      return ok(null);
    },
    'llm.forgetChat'({ id }) {
      llm.forgetChat(id);
      return ok(null);
    },
    'llm.measure': (plan, signal) => llm.measure(plan, signal),
    'llm.stopMeasuring'() {
      llm.stopMeasuring();
      return ok(null);
    },
    'llm.exportSpeed': ({ format }) => llm.exportSpeed(format),
  };
}
