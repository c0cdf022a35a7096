import { z } from 'zod';
import { savedConnectionSchema } from './connection.ts';
import { mappingSchema } from './container.ts';
import { accountSchema } from './instance.ts';
import { ownRecipeSchema } from './launch.ts';
import { localOptionsSchema } from './local-options.ts';
import { routeChoices } from './route.ts';
import { mappingTemplateSchema } from './template.ts';

/** The key that a container's SSH server showed, pinned to one run of it. */
const hostKeyPinSchema = z.strictObject({
  runId: z.string().min(1),
  /** `SHA256:…` as OpenSSH prints it. */
  fingerprint: z.string().startsWith('SHA256:'),
  algorithm: z.string(),
  /** The key itself, as `known_hosts` has it; older pins have only its fingerprint. */
  key: z.base64().max(20_000).optional(),
  acceptedAt: z.number(),
});
export type HostKeyPin = z.infer<typeof hostKeyPinSchema>;

/** A tunnel that the person wants open, and the local port that it keeps. */
const wantedTunnelSchema = z.strictObject({
  serviceId: z.string().min(1),
  localPort: z.int().min(1).max(65535).optional(),
  open: z.boolean(),
  /** Its connections end with the link: the person wants no helper in the container. */
  plain: z.boolean().optional(),
});
export type WantedTunnel = z.infer<typeof wantedTunnelSchema>;

const knownServiceSchema = z.strictObject({
  containerId: z.string().min(1),
  port: z.int().min(1).max(65535),
  /** Its local name; kept so that the address stays the same. */
  name: z.string().min(1),
  byHand: z.boolean(),
  /** Nothing is sent to it unasked. */
  isLeftAlone: z.boolean().optional(),
});
export type KnownService = z.infer<typeof knownServiceSchema>;

/** What became of the offer of a port that was found to listen. */
export const portAnswerSchema = z.enum(['answered', 'ignored']);
export type PortAnswer = z.infer<typeof portAnswerSchema>;

/**
 * What the engine must find again after a restart, of itself or of the
 * application. No secret is in it: those go through `SecretStore`.
 */
export const memorySchema = z.object({
  /** The account that is open. */
  account: accountSchema.optional(),
  /** Every account that is kept, the open one among them. */
  accounts: z.array(accountSchema).default([]),
  hostKeys: z.array(hostKeyPinSchema).default([]),
  tunnels: z.array(wantedTunnelSchema).default([]),
  services: z.array(knownServiceSchema).default([]),
  routes: z.record(z.string(), z.enum(routeChoices)).default({}),
  pendingMappings: z.record(z.string(), z.array(mappingSchema)).default({}),
  local: z.record(z.string(), localOptionsSchema).default({}),
  /** Mappings noted by hand, where the platform does not tell them. */
  notedMappings: z.record(z.string(), z.array(mappingSchema)).default({}),
  /** Sets of mappings that the person made. */
  templates: z.array(mappingTemplateSchema).default([]),
  recipes: z.array(ownRecipeSchema).default([]),
  /** By service. */
  portAnswers: z.record(z.string(), portAnswerSchema).default({}),
  /** HTTPS at local addresses, and the certificate of the authority that was made for it; its key is a secret. */
  https: z
    .object({
      on: z.boolean(),
      authority: z.string().optional(),
      /** The certificate that was put among those which the system trusts; it may be an older one. */
      installed: z.string().optional(),
    })
    .default({ on: false }),
  /** SSH connections that belong to no platform, with their forwards. */
  connections: z.array(savedConnectionSchema).default([]),
  /** Names for `ssh` are kept in the person's SSH configuration. */
  sshAliases: z.boolean().default(false),
  /** Fingerprint of the key that this computer registered, by account. */
  loginKeys: z.record(z.string(), z.string()).default({}),
  proxyPort: z.int().min(1).max(65535).optional(),
});
export type Memory = z.infer<typeof memorySchema>;

export const emptyMemory = (): Memory => memorySchema.parse({});
