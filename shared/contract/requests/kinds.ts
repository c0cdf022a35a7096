import { z } from 'zod';

const to =
  <Where extends 'engine' | 'shell'>(where: Where) =>
  <Answer>() =>
  <Input extends z.ZodType>(input: Input) => ({ where, input, answer: undefined as unknown as Answer });

/** A request that the engine answers: first what comes back, then the schema of what it carries. */
export const engine = to('engine');
/** The same for the shell. */
export const shell = to('shell');

/** What several capabilities ask with. */
export const nothing = z.strictObject({});
export const idSchema = z.string().min(1).max(200);
export const ofContainer = z.strictObject({ containerId: idSchema });
export const ofService = z.strictObject({ serviceId: idSchema });
export const exchangeFilter = z.strictObject({
  serviceId: z.string().max(200).optional(),
  text: z.string().max(500).optional(),
  only: z.enum(['failed', 'websocket', 'events']).optional(),
});
