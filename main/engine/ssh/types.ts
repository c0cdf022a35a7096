import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HostKeyPin } from '../../../shared/model/memory.ts';
import type { Tunnel, TunnelWait } from '../../../shared/model/service.ts';
import type { Listening } from '../../../shared/probe/index.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import type { Stop } from '../base/effects.ts';
import type { Secret } from '../base/secret.ts';
import type { PathMeter } from './path-meter.ts';
import type { Sharing, WindowBudget } from './receive-window.ts';

/** Where a container's SSH server is for this run, and what opens it. */
export interface SshEndpoint {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Host keys are pinned to it. */
  readonly runId: string;
  readonly password?: Secret;
  /** Tried one after the other before the password. */
  readonly keys?: readonly SigningKey[];
  /** Socket or pipe of an agent that signs; asked before the keys. */
  readonly agent?: string;
  /** Asked what a server wants to know; absent: the password is the answer to every hidden question. */
  readonly ask?: (question: LoginQuestion, signal: AbortSignal) => Promise<readonly Secret[] | undefined>;
  /** Signs in as ssh(1) does: by what the server asks for, not by what there is. */
  readonly byOffer?: LoginByOffer;
  /** Diffie-Hellman groups are offered too: for servers that know no elliptic curves. */
  readonly old?: boolean;
  /** A key that is not known is refused with `ssh_host_key_unknown` until a person accepts it. */
  readonly askHostKey?: boolean;
  /** Keys that the person's own files know for this host, the best first: each of them is accepted. */
  readonly knownKeys?: readonly SeenHostKey[];
  /** Jump host: the key of the connection that leads there. Whoever gives it makes sure that there is no circle. */
  readonly via?: string;
  /** The jump hosts as `-J` takes them, for the command that is shown. */
  readonly jump?: string;
}

/** What there is to sign in with, looked at only when a server wants it. */
export interface LoginByOffer {
  /** Looked up when the server takes public keys. */
  identities(): Promise<Identities>;
  /**
   * Passwords are for servers that take them: `ssh_password_needed` where there is none. Absent: only behind a key that
   * was accepted.
   */
  readonly takesPassword: boolean;
  /** Everything that the server asks is shown as it says it, a question for the password too. */
  readonly asksAll?: boolean;
}

/** One key that a server may be offered: its public part first, a signature only where the server would take it. */
export interface Identity {
  /** As it goes over the wire. */
  readonly blob: Buffer;
  /**
   * `hash` only for RSA. What it says is final for this key: `ssh_passphrase_needed` {file}, … The signature of a
   * certificate and of a key on a security token has its type before it.
   */
  sign(data: Buffer, hash: string | undefined): Promise<Result<Buffer>>;
}

export interface Identities {
  readonly list: readonly Identity[];
  /** Why a key that was named cannot be used; said where no other one opens. */
  readonly problem?: AppError;
}

/** A private key as its file holds it, with its passphrase where it has one. */
export interface SigningKey {
  readonly text: Secret;
  readonly passphrase?: Secret;
}

/** What a server asks in a keyboard-interactive login (RFC 4256); `echo`: the answer may be seen. */
export interface LoginQuestion {
  readonly title: string;
  readonly prompts: readonly { readonly text: string; readonly echo: boolean }[];
}

/** Who asks for links: where they lead, and who hears of them. By the key of the link. */
export interface SshSource {
  /** Asked before every connection: ports and passwords change with each run. */
  readonly endpoint: (key: string, signal: AbortSignal) => Promise<Result<SshEndpoint>>;
  /** Hears of every link that comes up, and why one did not. */
  readonly onLink?: (key: string, link: Link) => void;
  readonly onRefused?: (key: string, error: AppError) => void;
}

/** Parts of connecting: the way there, the server's greeting, keys and algorithms, the login. */
export type ConnectPhase = TunnelWait['phase'];

/** What is known of host keys, and what is done with one that is not. */
export interface HostKeys {
  pin(runId: string): HostKeyPin | undefined;
  remember(pin: HostKeyPin): void;
}

export interface SeenHostKey {
  readonly fingerprint: string;
  readonly algorithm: string;
  /** The key itself in base64, where a server showed it. */
  readonly key?: string;
}

/**
 * SSH connections, one for each container, opened on demand and shared. Nothing secret is sent before the host key
 * was accepted. Opening fails with what `endpoint` says and with `ssh_unreachable`, `ssh_timeout`, `ssh_lost`
 * {host, port}, `ssh_login_refused` {user, host, port}, `ssh_host_key_changed` {host, port, expected, got},
 * `ssh_no_common_algorithm` {host}, `ssh_not_ssh`, `ssh_ended_by_server`, `ssh_failed` {host, port, text},
 * `ssh_login_ended` {host, port, user, text}, `ssh_too_many_tries` {host, port, user}, `cancelled`.
 */
export interface Ssh {
  /** Runs one command; also `ssh_timeout` after `timeoutMs`, `ssh_session_refused` {text}. Output beyond `maxBytes` is dropped. */
  exec(key: string, command: string, options: ExecOptions): Promise<Result<ExecAnswer>>;
  /** Opens a connection from inside the container; a `host` that is a path is a Unix socket there. Also `target_refused`, `target_prohibited`, `target_timeout` {host, port}, `target_unreachable` {host, port, text}. */
  dial(key: string, host: string, port: number, signal: AbortSignal): Promise<Result<Duplex>>;
  /** Makes sure that there is a connection. */
  link(key: string, signal: AbortSignal): Promise<Result<Link>>;
  /** Does a connection stand now, so that a question needs no new one. */
  isLinked(key: string): boolean;
  /** Hears at once of the link that stands, then of each that comes up, whoever asked for it, and of a lost path that is back. */
  follow(key: string, follower: LinkFollower): Stop;
  /** The key that the server showed last, so that a person can accept it. */
  fingerprint(key: string): SeenHostKey | undefined;
  /** Ends the connection now. */
  drop(key: string): void;
  /** After sleep: a link that does not answer within 4.5 s is given up. */
  nudge(): void;
  stop(): Promise<void>;
}

export interface LinkFollower {
  /** What connecting waits for now, and when (ms since the epoch) it is given up if nothing more is heard. */
  trying(phase: ConnectPhase, until: number): void;
  linked(link: Link): void;
  /** Trying now is worth it. */
  reachable(): void;
}

export interface ExecOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** What the command reads: no list of processes shows it. */
  readonly input?: string;
}
export interface ExecAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** A connection that stands. */
export interface Link {
  readonly endpoint: SshEndpoint;
  readonly isAlive: () => boolean;
  /** What its channels may hold for slow readers. */
  readonly windows: WindowBudget;
  /** What its path holds, and who shares it. */
  readonly meter: Pick<PathMeter, 'open' | 'stalled'>;
  readonly sharing: Sharing;
  /** The shortest time in ms between a question and its answer over this link so far; 0 before the first. */
  readonly roundTripMs: () => number;
  noteRoundTrip(ms: number): void;
  /** Asks the far side to listen and to hand over each connection. `ssh_forward_refused` {port}. */
  listenFar(bind: string, port: number, onChannel: (channel: Duplex) => void): Promise<Result<FarListener>>;
  /** Called once, at the moment of the loss, before any stream on it says that it ended, with why. */
  onLost(listener: (error: AppError) => void): Stop;
}

/** A port on which the far side listens. */
export interface FarListener {
  readonly port: number;
  close(): void;
}

/** How long the parts of a tunnel take, in ms. */
export interface Transport {
  /** The shortest round trip over the link so far; 0 before the first. */
  readonly linkMs: number;
  /** From asking for the last channel until the container had connected it; absent before the first. */
  readonly channelMs?: number;
}

/** A client whose connection is to outlive the link. */
export interface SurvivingClient {
  /** Of the connection: the container. */
  readonly key: string;
  readonly socket: Socket;
  readonly target: { readonly host: string; readonly port: number };
  /** Ends it with its tunnel. */
  readonly signal: AbortSignal;
  readonly onSent: (bytes: number) => void;
  readonly onReceived: (bytes: number) => void;
}

/** Joins a client with the far side so that it outlives the link. `plain`: it cannot here, and nothing was sent. */
export interface Survival {
  serve(client: SurvivingClient): Promise<'served' | 'plain' | AppError>;
}

export interface TunnelOptions {
  /** Key of the connection: the container. */
  readonly key: string;
  /**
   * `local` where absent. `dynamic`: each client says by SOCKS5 where to. `remote`: the far side listens, on `bind` and
   * `localPort`, and the target is reached from this computer.
   */
  readonly direction?: 'local' | 'dynamic' | 'remote';
  readonly targetPort: number;
  /** As seen from inside the container; `127.0.0.1` where absent. A path is a Unix socket there. */
  readonly targetHost?: string;
  /** Absent or 0 takes a free one. */
  readonly localPort?: number;
  /** Local address to listen on; `127.0.0.1` where absent. */
  readonly bind?: string;
}

/** What a machine's own tables say of one of its ports. */
export type FarPort =
  | { readonly kind: 'listens'; readonly by: Listening }
  | { readonly kind: 'absent' }
  /** It has no such tables, runs no commands, or the address is another machine's. */
  | { readonly kind: 'unknown' };

/** Local ports that lead into containers. A tunnel's listener belongs to the app and outlives the link behind it. */
export interface Tunnels {
  /** Answered when the listener stands. `local_port_busy`, `local_port_forbidden` {port}: then there is no tunnel. */
  open(id: string, options: TunnelOptions): Promise<Result<null>>;
  close(id: string): Promise<void>;
  /** Tries now instead of at the end of the countdown; also after a final failure. */
  retry(id: string): void;
  get(id: string): Tunnel | undefined;
  /**
   * Waits until it is known whether the present attempt brings a `link`, or whether the `service` answers through it;
   * gives the tunnel as it is then, or as it is when the signal ends the waiting. `undefined` when there is none.
   */
  settled(id: string, what: 'link' | 'service', signal: AbortSignal): Promise<Tunnel | undefined>;
  /** What the tables of the tunnel's far side say of its target; nothing is connected to. `unknown` for a tunnel that is not open. */
  look(id: string, signal: AbortSignal): Promise<FarPort>;
  /** The parts of a tunnel that a client cannot see; `undefined` while its link is away. */
  transport(id: string): Transport | undefined;
  stop(): Promise<void>;
}
