import type { SshAliases } from '../../model/ssh-aliases.ts';
import { engine, nothing } from './kinds.ts';

export const sshAliasRequests = {
  /** What would be written for `ssh`, and whether it is. `ssh_config_unreadable`. */
  'sshAliases.show': engine<SshAliases>()(nothing),
  /** Adds one line to the person's configuration, which includes a file of Gearway's own. `ssh_config_unreadable`, `ssh_config_read_only`. */
  'sshAliases.install': engine<SshAliases>()(nothing),
  'sshAliases.remove': engine<SshAliases>()(nothing),
} as const;
