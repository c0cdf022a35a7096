import type { Connection } from '../model/connection.ts';
import type { Container } from '../model/container.ts';
import type { Service } from '../model/service.ts';
import { readWords } from '../quoting/index.ts';

/** A machine that `ssh` reaches. */
export interface SshMachine {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** What a terminal runs: `ssh` and its words. */
  readonly words: readonly string[];
  /** User, host and port say all there is: no jump host, and no key of its own, which an address cannot carry. */
  readonly isPlain: boolean;
}

/** What another program is to open. */
export type OpenTarget =
  | ({ readonly kind: 'machine' } & SshMachine)
  | {
      readonly kind: 'service';
      /** Where a browser finds it; absent for what speaks no HTTP. */
      readonly isWeb: boolean;
      readonly program?: string;
      /** Where its tunnel listens, once one is open. */
      readonly tunnel?: { readonly host: string; readonly port: number };
    };

/**
 * A name that comes from a platform or a file becomes a word of a command and part of an address: what could be read
 * as an option, or end the word, is no name.
 */
const userName = /^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}$/;
const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})$|^[0-9A-Fa-f:.]{2,45}$/;

const isName = ({ user, host }: { readonly user: string; readonly host: string }) =>
  userName.test(user) && hostName.test(host);

/** The machine behind a container or a connection; `undefined` while it is not to be reached. Pure. */
export function machineOf(of: Container | Connection): OpenTarget | undefined {
  if ('forwards' in of) {
    const words = readWords(of.command);
    if (!isName(of) || words === undefined) return undefined;
    const isPlain = of.via === undefined && of.keyFiles === undefined;
    return { kind: 'machine', user: of.user, host: of.host, port: of.port, words, isPlain };
  }
  const { ssh, status } = of;
  if (status.kind !== 'running' || ssh === undefined || !isName(ssh)) return undefined;
  const { user, host, port } = ssh;
  const words = ['ssh', '-p', String(port), `${user}@${host}`];
  return { kind: 'machine', user, host, port, words, isPlain: true };
}

/** What is known of a service that another program would need. Pure. */
export function serviceTarget({ protocol, kind, tunnel, local }: Service): OpenTarget {
  const isOpen = tunnel.state.kind !== 'closed' && tunnel.local !== undefined;
  return {
    kind: 'service',
    isWeb: protocol !== 'tcp' && local !== undefined,
    ...(kind === undefined ? {} : { program: kind.kind }),
    ...(isOpen ? { tunnel: tunnel.local } : {}),
  };
}
