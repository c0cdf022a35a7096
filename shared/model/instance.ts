import { z } from 'zod';

/**
 * One platform: where its API, its public edge and its SSH gateway are.
 * OpenBayes and HyperAI are two of one code base; others run privately.
 */
const instanceSchema = z.strictObject({
  kind: z.enum(['openbayes', 'hyperai', 'private', 'local']),
  /** Shown to the person: "OpenBayes", or the host of a private one. */
  name: z.string().min(1),
  /** API origin, without path: the GraphQL endpoint is `{origin}/gateway`. */
  origin: z.url(),
  edge: z.strictObject({
    scheme: z.enum(['https', 'http']),
    /** Base domain of public addresses, e.g. `gear-c1.openbayes.net`. */
    domain: z.string().min(1),
    /** Only where it is not the scheme's own port: the local platform. */
    port: z.int().min(1).max(65535).optional(),
  }),
});

export type Instance = z.infer<typeof instanceSchema>;

/** Addresses of the two public instances (the platform's own documents and clients). */
export const knownInstances = {
  openbayes: {
    kind: 'openbayes',
    name: 'OpenBayes',
    origin: 'https://openbayes.com',
    edge: { scheme: 'https', domain: 'gear-c1.openbayes.net' },
  },
  hyperai: {
    kind: 'hyperai',
    name: 'HyperAI',
    origin: 'https://app.hyper.ai',
    edge: { scheme: 'https', domain: 'gear.hyperai.host' },
  },
} as const satisfies Record<string, Instance>;

/** In whose name a person works: an organisation that the user belongs to. */
const partySchema = z.strictObject({ id: z.string().min(1), name: z.string().min(1) });
export type Party = z.infer<typeof partySchema>;

export const accountSchema = z.strictObject({
  id: z.string().min(1),
  instance: instanceSchema,
  user: z.string().min(1),
  email: z.string().optional(),
  /** Absent: in the user's own name. */
  party: partySchema.optional(),
});

export type Account = z.infer<typeof accountSchema>;

/** Was the account's real name verified? No public API tells for certain, so `unknown` is common. */
export type RealName = 'verified' | 'unverified' | 'unknown';
