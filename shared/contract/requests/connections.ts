import { z } from 'zod';
import { type ConfiguredHost, forwardDirections, loginKinds } from '../../model/connection.ts';
import type { Removed } from '../../model/removed.ts';
import { engine, nothing } from './kinds.ts';

const shortId = z.strictObject({ id: z.string().min(1).max(60) });

export const connectionRequests = {
  /**
   * A whole `ssh …` command: a connection with its forwards. With `open` it connects, and its forwards open, but for those
   * that others could reach. `ssh_command_invalid`, `host_invalid`, `forward_invalid`, `ssh_jump_loop`.
   */
  'connections.paste': engine<{ id: string }>()(
    z.strictObject({ command: z.string().max(10_000), open: z.boolean().optional() }),
  ),
  /** What is not carried out has been read. */
  'connections.heed': engine<null>()(shortId),
  /** Makes a connection, or changes the one with this id; values as typed. An error names its field. */
  'connections.save': engine<{ id: string }>()(
    z.strictObject({
      id: z.string().min(1).max(60).optional(),
      name: z.string().max(200),
      host: z.string().max(300),
      port: z.string().max(20),
      user: z.string().max(300),
      login: z.enum(loginKinds),
      keyFiles: z.string().max(10_000).optional(),
      via: z.string().max(60).optional(),
      old: z.boolean().optional(),
    }),
  ),
  'connections.remove': engine<Removed>()(shortId),
  /** Hosts of the person's own SSH configuration. `ssh_config_unreadable`. */
  'connections.importable': engine<{ readonly hosts: readonly ConfiguredHost[] }>()(nothing),
  'connections.import': engine<{ readonly count: number }>()(
    z.strictObject({ aliases: z.array(z.string().max(200)).max(1_000) }),
  ),
  /** What a person has to say first is shown in the state as `need`. */
  'connections.connect': engine<null>()(shortId),
  /** Closes its forwards and the connection. */
  'connections.disconnect': engine<null>()(shortId),
  'connections.acceptKey': engine<null>()(shortId.extend({ fingerprint: z.string().max(200) })),
  /** Password or passphrase; with `keep` it goes to the keychain. It never comes back. */
  'connections.giveSecret': engine<null>()(
    shortId.extend({ secret: z.string().max(4_000), keep: z.boolean() }),
  ),
  'connections.answer': engine<null>()(shortId.extend({ answers: z.array(z.string().max(4_000)).max(50) })),
  /** Keeps a forward, or changes the one with this id, and opens it. `bind_not_confirmed` {bind}, `local_port_busy` {port, free, program, pid}. */
  'forwards.save': engine<{ id: string }>()(
    z.strictObject({
      connectionId: z.string().min(1).max(60),
      id: z.string().min(1).max(60).optional(),
      direction: z.enum(forwardDirections),
      forward: z.string().max(600),
      confirmed: z.boolean().optional(),
    }),
  ),
  'forwards.open': engine<null>()(shortId),
  'forwards.close': engine<null>()(shortId),
  'forwards.remove': engine<Removed>()(shortId),
  'forwards.retry': engine<null>()(shortId),
} as const;
