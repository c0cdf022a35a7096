import { z } from 'zod';
import type { SettingName } from './settings.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

/** Secrets under a passphrase: scrypt (N = 2^17, r = 8, p = 1) gives the key of AES-256-GCM. */
const sealedSecretsSchema = z.strictObject({
  method: z.literal('scrypt-17-8-1+aes-256-gcm'),
  salt: base64.max(100),
  iv: base64.max(100),
  tag: base64.max(100),
  text: base64.max(2_000_000),
});
export type SealedSecrets = z.infer<typeof sealedSecretsSchema>;

const documentSchema = z.strictObject({
  version: z.int().min(1),
  content: z.record(z.string(), z.unknown()),
});

/** What an export holds. `settings` and `memory` have the shape and the version of the files they come from. */
export const backupSchema = z.strictObject({
  gearway: z.literal('export'),
  version: z.literal(1),
  madeAt: z.number(),
  madeBy: z.string().max(50),
  settings: documentSchema,
  memory: documentSchema,
  secrets: sealedSecretsSchema.optional(),
});
export type Backup = z.infer<typeof backupSchema>;

/** What a chosen export would bring, so that a person can decide. */
export interface ImportSummary {
  readonly importId: string;
  /** Without its folder. */
  readonly file: string;
  readonly madeAt: number;
  readonly madeBy: string;
  /** Settings that would change. */
  readonly settings: readonly SettingName[];
  readonly account?: { readonly user: string; readonly host: string };
  readonly services: number;
  readonly tunnels: number;
  /** Machines that it would add; what they forward comes closed. */
  readonly connections: readonly {
    readonly name: string;
    readonly place: string;
    readonly forwards: number;
  }[];
  readonly moreConnections: number;
  readonly secrets: 'none' | 'sealed';
}
