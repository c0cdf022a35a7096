export { acceptKey } from './accept-key.ts';
export { fingerprintOf } from './fingerprint.ts';
export { findIdentities } from './identities.ts';
export { makeKey, publicLine } from './make-key.ts';
export { readKey } from './read-key.ts';
export { openWindow } from './receive-window.ts';
export { resetSocket } from './reset-socket.ts';
export { createSsh } from './ssh.ts';
export { readSshCommand, type SshTarget } from './ssh-command.ts';
export { createTunnels } from './tunnels.ts';
export type {
  Link,
  LoginQuestion,
  SigningKey,
  Ssh,
  SshEndpoint,
  SshSource,
  Survival,
  SurvivingClient,
  Transport,
  TunnelOptions,
  Tunnels,
} from './types.ts';
export { createWantedTunnels, type WantedTunnels } from './wanted-tunnels.ts';
