import { z } from 'zod';
import type { SshAliases, SshEndpoint } from '../../model/ssh-aliases.ts';
import { engine, nothing } from './kinds.ts';

export const sshAliasRequests = {
  /** What would be written for `ssh`, and whether it is. `ssh_config_unreadable`. */
  'sshAliases.show': engine<SshAliases>()(nothing),
  /** Adds one line to the person's configuration, which includes a file of Gearway's own. `ssh_config_unreadable`, `ssh_config_read_only`. */
  'sshAliases.install': engine<SshAliases>()(nothing),
  'sshAliases.remove': engine<SshAliases>()(nothing),
  /** Where a name leads now. `ssh_alias_unknown` {alias}, `container_not_running` {name, containerId}. */
  'sshAliases.endpoint': engine<SshEndpoint>()(z.strictObject({ alias: z.string().max(100) })),
} as const;
