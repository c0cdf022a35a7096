export { fingerprintOf } from './fingerprint.ts';
export { createSsh } from './ssh.ts';
export { readSshCommand, type SshTarget } from './ssh-command.ts';
export { createTunnels } from './tunnels.ts';
export type { ExecAnswer, HostKeys, Link, Ssh, SshEndpoint, TunnelOptions, Tunnels } from './types.ts';
