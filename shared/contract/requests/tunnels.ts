import { z } from 'zod';
import { engine, serviceId } from './kinds.ts';

export const tunnelRequests = {
  'tunnels.open': engine<null>()(
    z.strictObject({
      serviceId: z.string().min(1).max(200),
      /** As typed; empty takes the last one or a free one. */
      localPort: z.string().max(20).optional(),
    }),
  ),
  'tunnels.close': engine<null>()(serviceId),
  'tunnels.retry': engine<null>()(serviceId),
  'hostKeys.accept': engine<null>()(
    z.strictObject({ containerId: z.string().min(1).max(200), fingerprint: z.string().max(200) }),
  ),
} as const;
