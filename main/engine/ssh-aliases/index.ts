export { aliasesOf } from './alias-file.ts';
export { createSshAliases, type SshAliases } from './ssh-aliases.ts';
