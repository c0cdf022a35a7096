import { z } from 'zod';

/** What opens a gate. `addresses`: whoever comes from there, without being asked. */
export const grantKinds = ['password', 'link', 'key', 'addresses'] as const;
export type GrantKind = (typeof grantKinds)[number];

const hex = z.string().regex(/^[0-9a-f]{32,128}$/);

/** Who may pass, as the gate's own file in the container has it: hashes only. Times in seconds since the epoch. */
export const grantFileSchema = z.object({
  id: z.string().regex(/^[a-z0-9]{1,40}$/),
  kind: z.enum(grantKinds),
  name: z.string().max(100),
  /** `null`: without an end. */
  until: z.number().nullable(),
  /** A link that opens for one person: the first to use it. */
  once: z.boolean().optional(),
  revoked: z.boolean().optional(),
  /** The key by which this person's own Gearway passes. */
  own: z.boolean().optional(),
  /** SHA-256 of a link or key; PBKDF2-HMAC-SHA256 of a password, with `salt` and `rounds`. */
  hash: hex.optional(),
  salt: hex.optional(),
  rounds: z.int().min(1).max(10_000_000).optional(),
  networks: z.array(z.string().max(60)).max(100).optional(),
});
export type GrantFile = z.infer<typeof grantFileSchema>;

const pageSchema = z.object({
  html: z.string().max(20_000),
  wrong: z.string(),
  /** `{{seconds}}` stands for how long. */
  many: z.string(),
  ended: z.string(),
});

/** `gate.json` beside the gate in the container. */
export const gateFileSchema = z.object({
  id: z.string().regex(/^[a-z0-9]{4,40}$/),
  name: z.string().max(200),
  /** The port that is mapped, on which the gate listens. */
  port: z.int().min(1).max(65535),
  service: z.object({ host: z.string().max(100), port: z.int().min(1).max(65535) }),
  /** Addresses to listen on; absent: every one that others can reach. */
  addresses: z.array(z.string()).optional(),
  /** `X-Forwarded-For` is believed: only where whoever forwards sets it and nobody can come past. */
  trust_forwarded: z.boolean().optional(),
  /** What the service gets in place of a key that was used. */
  service_authorization: z.string().max(4_000).optional(),
  page: z.object({ en: pageSchema, 'zh-CN': pageSchema }),
  grants: z.array(grantFileSchema).max(500),
});
export type GateFile = z.infer<typeof gateFileSchema>;

/** What the gate counted, from `use.json`. Times in seconds since the epoch. */
export const gateUseSchema = z.object({
  grants: z.record(z.string(), z.object({ last: z.number(), count: z.number(), refused: z.number() })),
  refused: z.record(z.string(), z.number()),
});
export type GateUse = z.infer<typeof gateUseSchema>;

/** Who may pass, as the window shows it. Times in milliseconds since the epoch. */
export interface Grant {
  readonly id: string;
  readonly kind: GrantKind;
  readonly name: string;
  /** Absent: without an end. */
  readonly until?: number;
  readonly once?: boolean;
  readonly revoked?: boolean;
  readonly networks?: readonly string[];
  readonly lastUsedAt?: number;
  /** Requests that passed by it, and tries after it had ended. */
  readonly uses: number;
  readonly refused: number;
}

/** What a stranger got at the public address when Gearway asked last. */
export interface GateCheck {
  readonly at: number;
  /** `closed`: this gate asks; `open`: something else answers without asking; `silent`: nothing answers. */
  readonly verdict: 'closed' | 'open' | 'silent';
}

/** The gate in front of one service. By the service's id. */
export interface Gate {
  readonly id: string;
  readonly containerId: string;
  readonly port: number;
  readonly state: 'running' | 'stopped';
  /** The launch that runs it. */
  readonly launchId?: string;
  /** Others than this person's own key, the newest first. */
  readonly grants: readonly Grant[];
  /** How often nobody was let in. */
  readonly refused: number;
  readonly check?: GateCheck;
  readonly busy?: boolean;
}

/** What putting a gate in front of a service takes. */
export interface GatePlan {
  /**
   * `ready`: it stands. `start`: nothing of the service changes. `restart`: it listens on all addresses and is started
   * anew on 127.0.0.1. `byHand`: so, but it was not started from here, and the person has to.
   */
  readonly kind: 'ready' | 'start' | 'restart' | 'byHand';
  readonly port: number;
  /** Where it will be reached; absent: the port is not mapped yet. */
  readonly address?: string;
  /** What runs in the container: the gate, and before it the service as it is started anew. */
  readonly commands: readonly string[];
}

/** What a lane says of a gate: the widest door counts. */
export interface GateMark {
  readonly asks: 'password' | 'link' | 'key' | 'nobody';
  /** When the last link or key ends, in ms since the epoch; absent where one has no end. */
  readonly until?: number;
  /** A stranger was turned away, seen from outside. */
  readonly isVerified: boolean;
  /** A stranger was let in past it. */
  readonly isPassed: boolean;
  readonly isRunning: boolean;
}
