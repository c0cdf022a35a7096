import { ok } from '../../../shared/result.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { Llm } from './llm.ts';

/** What the window may ask of language models. */
export function createLlmHandlers(llm: Llm): HandlersOf<'llm'> {
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
