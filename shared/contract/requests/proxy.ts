import { z } from 'zod';
import { engine } from './kinds.ts';

export const proxyRequests = {
  /**
   * Do programs of this computer find themselves by this name of a local address: what the system's resolver says, asked
   * when somebody wants to hand the address to a program.
   */
  'proxy.resolves': engine<{ resolves: boolean }>()(
    z.strictObject({ host: z.string().regex(/^[a-z0-9.-]{1,253}$/) }),
  ),
  /** HTTPS at local addresses, by an authority that is made when it is first wanted. `authority_unavailable`. */
  'proxy.setHttps': engine<null>()(z.strictObject({ on: z.boolean() })),
  /**
   * Puts the authority among those that programs of this person trust, or takes it away; the system may ask the person.
   * `authority_unavailable` while HTTPS is off, `authority_not_installed`, `certutil_missing`, `cancelled`.
   */
  'proxy.setTrusted': engine<null>()(z.strictObject({ on: z.boolean() })),
} as const;
