import { z } from 'zod';
import type { GateCheck, GatePlan } from '../../model/gate.ts';
import { engine, idSchema, ofService } from './kinds.ts';

const grantId = z.string().regex(/^[a-z0-9]{1,40}$/);
/** In ms since the epoch; `null`: without an end. */
const until = z.number().positive().max(8.64e15).nullable();

export const gateRequests = {
  /** What putting a gate in front of it takes: looks into the container, changes nothing. */
  'gate.plan': engine<GatePlan>()(ofService),
  /**
   * Lets somebody in, and makes and starts the gate where there is none. `restart`: the service may be started anew on
   * 127.0.0.1. The link or key is in the answer and is kept nowhere.
   */
  'gate.share': engine<{ secret?: string; address?: string; check?: GateCheck }>()(
    z.strictObject({
      serviceId: idSchema,
      kind: z.enum(['link', 'key', 'password']),
      name: z.string().trim().max(100),
      until,
      once: z.boolean().optional(),
      password: z.string().min(1).max(1_024).optional(),
      restart: z.boolean().optional(),
    }),
  ),
  'gate.revoke': engine<null>()(z.strictObject({ serviceId: idSchema, grantId })),
  'gate.renew': engine<null>()(z.strictObject({ serviceId: idSchema, grantId, until })),
  /** Reads who passed and who was refused, and asks as a stranger from outside. */
  'gate.check': engine<null>()(ofService),
  /** Starts a gate again that does not run. */
  'gate.start': engine<null>()(ofService),
  /** Takes it away. `open`: the service may be started on all addresses again, for everyone. */
  'gate.remove': engine<null>()(z.strictObject({ serviceId: idSchema, open: z.boolean() })),
} as const;
