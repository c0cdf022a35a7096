export { createBreath } from './breathe.ts';
export {
  isHost,
  isUser,
  type ReadForward,
  readForward,
  readTypedForward,
  type WrittenForward,
} from './forward.ts';
export { createOwnConfig, type OwnConfig } from './own-config.ts';
export { ownSshFiles, ownSurroundings } from './own-files.ts';
export { readArguments, readCommand, type SshCommand } from './read-command.ts';
export { type KnownJumps, resolvePlace } from './resolve.ts';
export type { ConfigFiles, SshHost, Surroundings } from './types.ts';
