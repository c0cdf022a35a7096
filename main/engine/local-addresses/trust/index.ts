import { X509Certificate } from 'node:crypto';
import { homedir } from 'node:os';
import { createLinuxTrust } from './linux.ts';
import { createMacTrust } from './mac.ts';
import { run } from './run.ts';
import type { AuthorityFile, TrustStore } from './types.ts';
import { createWindowsTrust } from './windows.ts';

export type { TrustStore } from './types.ts';

/** The store of the system that this runs on, for the person who runs it. */
export function createTrustStore(): TrustStore {
  if (process.platform === 'darwin') return createMacTrust(homedir(), run);
  if (process.platform === 'win32') return createWindowsTrust(process.env.SystemRoot ?? 'C:\\Windows', run);
  return createLinuxTrust(homedir(), run);
}

/** `undefined` for what is no certificate. */
export function authorityFile(path: string, pem: string): AuthorityFile | undefined {
  try {
    const read = new X509Certificate(pem);
    const name = /^CN=(.+)$/m.exec(read.subject)?.[1];
    return name === undefined ? undefined : { path, name, sha1: read.fingerprint.replaceAll(':', ''), pem };
  } catch {
    return undefined;
  }
}
