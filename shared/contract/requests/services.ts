import { z } from 'zod';
import { headerChangeSchema } from '../../model/headers.ts';
import { portAnswerSchema } from '../../model/memory.ts';
import type { Removed } from '../../model/removed.ts';
import { routeChoices } from '../../model/route.ts';
import { engine, idSchema, ofService } from './kinds.ts';

export const serviceRequests = {
  'services.add': engine<{ serviceId: string }>()(
    z.strictObject({ containerId: idSchema, port: z.string().max(20) }),
  ),
  'services.remove': engine<Removed>()(ofService),
  'services.check': engine<null>()(ofService),
  'services.setRoute': engine<null>()(z.strictObject({ serviceId: idSchema, choice: z.enum(routeChoices) })),
  /** Nothing is sent to it unasked: no probe, by no route. What its container's tables say is still read. */
  'services.leaveAlone': engine<null>()(z.strictObject({ serviceId: idSchema, alone: z.boolean() })),
  /** Which rules change headers for this service: a step, so that two that are taken quickly lose nothing. */
  'services.setHeaders': engine<null>()(z.strictObject({ serviceId: idSchema, change: headerChangeSchema })),
  /** A port of its own, as typed; empty takes a free one, left out closes it. `port_invalid`. */
  'services.setOwnPort': engine<null>()(
    z.strictObject({ serviceId: idSchema, port: z.string().max(20).optional() }),
  ),
  /** Pages of other sites may send orders to it and open its WebSockets. */
  'services.setCrossSite': engine<null>()(z.strictObject({ serviceId: idSchema, allowed: z.boolean() })),
  'services.keepBodies': engine<null>()(z.strictObject({ serviceId: idSchema, keep: z.boolean() })),
  /** A bearer key for requests of local programs; it goes to the keychain and never comes back. `credential_invalid`. */
  'services.setCredential': engine<null>()(
    z.strictObject({ serviceId: idSchema, key: z.string().max(4_000) }),
  ),
  'services.forgetCredential': engine<Removed>()(ofService),
  /** `answered` for now and later, `ignored` for good; mapping or opening a tunnel answers by itself. */
  'offers.answer': engine<Removed>()(z.strictObject({ serviceId: idSchema, how: portAnswerSchema })),
  /** The one address to open, chosen by the engine; the shell asks this before it opens anything. */
  'services.address': engine<{ url: string }>()(
    z.strictObject({
      serviceId: idSchema,
      which: z.enum(['best', 'public', 'tunnel', 'local']),
    }),
  ),
} as const;
