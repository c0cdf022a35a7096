import type { NotTaken } from '../../../shared/model/connection.ts';
import type { WrittenForward } from './forward.ts';

/** What reading needs of the file system. Paths are absolute. */
export interface ConfigFiles {
  /** The text of an ordinary file of at most `mostBytes`; nothing where there is none or it cannot be read. */
  read(path: string, mostBytes: number): Promise<string | undefined>;
  /** Another text of the file has another stamp; nothing where there is none. */
  stamp(path: string): Promise<string | undefined>;
  /** The names in a folder. */
  list(folder: string): Promise<readonly string[]>;
  readonly home: string;
}

/** What OpenSSH takes from the computer where it runs. */
export interface Surroundings {
  readonly home: string;
  readonly userName: string;
  readonly userId: string;
  readonly hostName: string;
  readonly env: (name: string) => string | undefined;
}

/** How a host is reached and how one signs in there, as ssh(1) would have it. */
export interface SshHost {
  /** The name that was typed. */
  readonly alias: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** In the order in which they are tried; a leading `~/` is the home folder. Absent: the usual ones of `~/.ssh`. */
  readonly keyFiles?: readonly string[];
  readonly certificateFiles: readonly string[];
  /** Keys of the agent are used only where a file names them. */
  readonly identitiesOnly: boolean;
  /** Its socket, or `none`; absent takes the one that runs. */
  readonly agent?: string;
  /** The name under which its key is known, where that is another one. */
  readonly hostKeyAlias?: string;
  /** Absent: the usual files. */
  readonly knownHosts?: readonly string[];
  /** The jump host before it, which has its own one before that. */
  readonly via?: SshHost;
  readonly forwards: readonly WrittenForward[];
  /** What was written and is not carried out. */
  readonly notTaken: readonly NotTaken[];
}
