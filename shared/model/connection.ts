import { z } from 'zod';
import type { AppError } from '../result.ts';
import type { Tunnel } from './service.ts';

const port = z.int().min(1).max(65535);
const path = z.string().min(1).max(1000);

/** How a connection signs in. What is secret about it is no part of it. */
export const loginKinds = ['auto', 'agent', 'key', 'password', 'questions'] as const;
export type LoginKind = (typeof loginKinds)[number];

export const forwardDirections = ['local', 'remote', 'dynamic'] as const;
export type ForwardDirection = (typeof forwardDirections)[number];

/** One `-L`, `-R` or `-D`. */
const savedForwardSchema = z.strictObject({
  id: z.string().min(1).max(60),
  direction: z.enum(forwardDirections),
  /** Where it listens: here, with `remote` over there. */
  bind: z.string().min(1).max(253),
  /** 0 takes a free one. */
  port: z.int().min(0).max(65535),
  /** Where it leads; a path is a Unix socket on the far side. Absent with `dynamic`. */
  host: z.string().min(1).max(253).optional(),
  hostPort: port.optional(),
  /** A person confirmed that others than this computer can reach it. */
  confirmed: z.boolean().optional(),
  /** It is wanted open: it comes back with the application. */
  open: z.boolean(),
});
export type SavedForward = z.infer<typeof savedForwardSchema>;

/** Something that was written for OpenSSH and is not carried out here. */
const notTakenSchema = z.strictObject({
  text: z.string().max(300),
  /** `not_run`: a program that it names is not started; `not_done`: understood; `unknown`: not understood. */
  why: z.enum(['not_run', 'not_done', 'unknown']),
  /** File and line, where it stands in a file. */
  at: z.string().max(300).optional(),
});
export type NotTaken = z.infer<typeof notTakenSchema>;

/** A machine that is reached by SSH and belongs to no platform. */
export const savedConnectionSchema = z.strictObject({
  id: z.string().min(1).max(60),
  name: z.string().min(1).max(100),
  host: z.string().min(1).max(253),
  port,
  user: z.string().min(1).max(255),
  login: z.enum(loginKinds),
  /**
   * Paths of private keys, for `auto` and `key`, in the order in which they are tried, and of public ones that name keys of
   * the agent; a leading `~/` is the home folder. Absent: the usual ones of `~/.ssh`.
   */
  keyFiles: z.array(path).max(100).optional(),
  certificateFiles: z.array(path).max(100).optional(),
  /** Of the agent only keys that a file names. */
  identitiesOnly: z.boolean().optional(),
  /** Socket of an agent of its own, or `none`. */
  agent: path.optional(),
  /** The name under which its key is known, where that is another one. */
  hostKeyAlias: z.string().min(1).max(253).optional(),
  /** Files with known keys, in place of the usual ones. */
  knownHosts: z.array(path).max(20).optional(),
  /** Its server is old: Diffie-Hellman groups are offered too, which take seconds. */
  old: z.boolean().optional(),
  /** Jump host: the id of the connection that leads there. */
  via: z.string().min(1).max(60).optional(),
  forwards: z.array(savedForwardSchema).max(100),
  /** What stood in the command or the configuration and is not carried out, until the person has read it. */
  notTaken: z.array(notTakenSchema).max(30).optional(),
});
export type SavedConnection = z.infer<typeof savedConnectionSchema>;

/** A forward with its life. */
export interface Forward extends SavedForward {
  readonly tunnel: Tunnel;
}

/** What keeps a connection from standing until a person has said something. */
export type ConnectionNeed =
  | { readonly kind: 'hostKey'; readonly fingerprint: string; readonly algorithm: string }
  | { readonly kind: 'changedKey'; readonly expected: string; readonly got: string }
  | { readonly kind: 'password'; readonly refused: boolean }
  | { readonly kind: 'passphrase'; readonly refused: boolean; readonly file: string }
  | {
      readonly kind: 'questions';
      readonly title: string;
      readonly prompts: readonly { readonly text: string; readonly echo: boolean }[];
    };

export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly since: number }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface Connection extends Omit<SavedConnection, 'forwards'> {
  readonly state: ConnectionState;
  readonly need?: ConnectionNeed;
  readonly forwards: readonly Forward[];
  /** The same for a terminal, without forwards. */
  readonly command: string;
}

/** A host of the person's own SSH configuration. */
export interface ConfiguredHost {
  readonly alias: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Is there a connection of this name already? */
  readonly known: boolean;
  /** Why it cannot be taken. */
  readonly problem?: AppError;
  /** How much of it is not carried out. */
  readonly notTaken: number;
}
