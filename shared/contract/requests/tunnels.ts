import { z } from 'zod';
import { engine, idSchema, ofService } from './kinds.ts';

export const tunnelRequests = {
  'tunnels.open': engine<null>()(
    z.strictObject({
      serviceId: idSchema,
      /** As typed; empty takes the last one or a free one. */
      localPort: z.string().max(20).optional(),
    }),
  ),
  'tunnels.close': engine<null>()(ofService),
  'tunnels.retry': engine<null>()(ofService),
  /** Whether new connections outlive the link, by a helper in the container. */
  'tunnels.survive': engine<null>()(z.strictObject({ serviceId: idSchema, on: z.boolean() })),
  'hostKeys.accept': engine<null>()(
    z.strictObject({ containerId: idSchema, fingerprint: z.string().max(200) }),
  ),
} as const;
