import { z } from 'zod';
import { type Agent, agentActions } from '../../model/agent.ts';
import { engine, idSchema } from './kinds.ts';

const agentSchema: z.ZodType<Agent> = z.strictObject({
  name: z.string().trim().min(1).max(60),
  session: z.string().min(16).max(60),
});

export const agentRequests = {
  /**
   * Does what the agent asks for once the person allows it; `input` is that of the action itself. `agent_refused`,
   * `agent_unanswered` after two minutes, `agent_waits` with too many questions, and what the action may say.
   */
  'agents.act': engine<{ answer: unknown }>()(
    z.strictObject({ agent: agentSchema, action: z.enum(agentActions), input: z.unknown() }),
  ),
  /** The person's word: no, this once, or everything of this conversation for an hour. `agent_question_gone`. */
  'agents.answer': engine<null>()(z.strictObject({ id: idSchema, allow: z.enum(['no', 'once', 'hour']) })),
  /** Takes the hour back from every conversation. */
  'agents.forbid': engine<null>()(z.strictObject({})),
} as const;
