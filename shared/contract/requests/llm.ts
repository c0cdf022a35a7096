import { z } from 'zod';
import {
  chatMessageSchema,
  type LanguageModel,
  llmRouteSchema,
  type SpeedReport,
  speedPlanSchema,
} from '../../model/llm.ts';
import { engine, idSchema, nothing } from './kinds.ts';

const chatId = z.string().min(1).max(100);

export const llmRequests = {
  /** The key that guards a model is the service's own: `services.setCredential`. */
  'llm.models': engine<readonly LanguageModel[]>()(
    z.strictObject({ serviceId: idSchema, route: llmRouteSchema }),
  ),
  /** One answer. It is shown in the state's `chats` under this id as it comes; the request settles at its end. */
  'llm.chat': engine<null>()(
    z.strictObject({
      id: chatId,
      serviceId: idSchema,
      route: llmRouteSchema,
      model: z.string().min(1).max(500),
      /** The whole conversation, a system prompt first where there is one. */
      messages: z.array(chatMessageSchema).min(1).max(500),
      temperature: z.number().min(0).max(2).optional(),
      maxTokens: z.int().min(1).max(200_000).optional(),
    }),
  ),
  'llm.stopChat': engine<null>()(z.strictObject({ id: chatId })),
  'llm.forgetChat': engine<null>()(z.strictObject({ id: chatId })),
  /** Progress is in the state's `speed`. */
  'llm.measure': engine<SpeedReport>()(speedPlanSchema),
  'llm.stopMeasuring': engine<null>()(nothing),
  'llm.exportSpeed': engine<{ text: string }>()(z.strictObject({ format: z.enum(['json', 'table']) })),
} as const;
