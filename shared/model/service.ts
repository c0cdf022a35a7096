import type { AppError } from '../result.ts';
import type { Exposed } from './audit.ts';
import type { GateMark } from './gate.ts';
import type { LocalDetails } from './local-options.ts';
import type { Route, RouteChoice, RouteReason } from './route.ts';
import type { ServiceHint } from './service-hint.ts';
import type { Recognised } from './service-kind.ts';

export type { Route, RouteChoice, RouteReason } from './route.ts';
export { readServiceId, serviceId } from './service-id.ts';

/** `unknown` until something answered: what is spoken decides whether there can be a public route. */
export type Protocol = 'http' | 'tcp' | 'unknown';

/** One part of reaching a service, in the order in which it happens. Times in milliseconds. */
export const stepNames = ['name', 'tcp', 'tls', 'ssh', 'channel', 'firstByte', 'http'] as const;
export type StepName = (typeof stepNames)[number];

export type Step =
  | { readonly name: StepName; readonly kind: 'ok'; readonly ms: number }
  | { readonly name: StepName; readonly kind: 'failed'; readonly ms: number; readonly error: AppError }
  | { readonly name: StepName; readonly kind: 'skipped' };

/** What one probe of one route brought back. */
export interface Facts {
  /** When the probe ended, milliseconds since the epoch. */
  readonly at: number;
  /** Nothing was asked of the service: its machine's own tables say that it listens. */
  readonly isSeenOnly?: true;
  readonly steps: readonly Step[];
  /** From the start of the probe to its end, in milliseconds. */
  readonly totalMs: number;
  /** To the first byte of the answer, where one came, in milliseconds. */
  readonly firstByteMs?: number;
  readonly status?: number;
  /** What the far side said first, where it is no HTTP: `redis`, `ssh`, … */
  readonly greeting?: string;
  readonly title?: string;
  /** What the answer holds. */
  readonly shape?: 'page' | 'json' | 'text' | 'stream' | 'empty' | 'other';
  /** The certificate that was shown, whether it was trusted or not. */
  readonly tls?: TlsFacts;
  /** Whether it agreed to speak WebSocket at `/`; asked when it comes up, kept from then on. */
  readonly upgrade?: 'switched' | 'not_switched';
  /** A page over HTTPS that loads files over plain HTTP: a browser refuses them. */
  readonly insecureAssets?: boolean;
}

export interface TlsFacts {
  /** Who signed it: organisation or common name. */
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly validTo: number;
  /** Why it is not trusted, in the TLS library's word. */
  readonly fault?: string;
}

/** A verdict on one route, drawn from facts by a pure state machine. */
export type RouteHealth =
  /** This service has no such route: no mapping, no tunnel opened, container not running. */
  | { readonly state: 'absent' }
  | { readonly state: 'unknown' }
  | {
      readonly state: 'up';
      /** When it last answered. What was not heard of for three of its intervals becomes `unknown`: a minute, or more while nobody looks. */
      readonly verifiedAt: number;
      /** When it came to work; a doubt in between does not count. */
      readonly since?: number;
      readonly facts: Facts;
      readonly recentMs: readonly number[];
    }
  | {
      readonly state: 'degraded';
      readonly verifiedAt: number;
      readonly since?: number;
      readonly error: AppError;
      readonly facts: Facts;
      readonly recentMs: readonly number[];
    }
  | {
      readonly state: 'down';
      readonly since: number;
      /** When it last answered; absent where it never did since Gearway watches. */
      readonly lastUpAt?: number;
      readonly error: AppError;
      readonly facts: Facts;
      readonly recentMs: readonly number[];
    };

/** The life of a tunnel. Its local listener belongs to the app and outlives the connection behind it. */
export type TunnelState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'connecting'; readonly since: number; readonly wait?: TunnelWait }
  | { readonly kind: 'verifying'; readonly since: number }
  /**
   * The link stands, and nothing speaks against the service. What is known of it beyond that: a byte came back at
   * `verifiedAt`, a client of a person was accepted at `acceptedAt`, the machine's own tables said at `listensAt` that
   * something listens. Gearway connects to nothing by itself that is not known to be HTTP.
   */
  | {
      readonly kind: 'connected';
      readonly since: number;
      readonly verifiedAt?: number;
      readonly acceptedAt?: number;
      readonly listensAt?: number;
    }
  /** The link stands, but the far service does not answer: refused, forbidden or silent. */
  | { readonly kind: 'unanswered'; readonly since: number; readonly error: AppError }
  | {
      readonly kind: 'reconnecting';
      readonly attempt: number;
      readonly nextAt: number;
      readonly error: AppError;
      readonly wait?: TunnelWait;
    }
  | { readonly kind: 'failed'; readonly error: AppError };

/** What connecting waits for, since when, and until when if nothing is heard; milliseconds since the epoch. */
export interface TunnelWait {
  /** The way there, the server's greeting, keys and algorithms, the login. */
  readonly phase: 'reach' | 'greet' | 'agree' | 'sign_in';
  readonly since: number;
  readonly until: number;
}

export interface Tunnel {
  readonly state: TunnelState;
  /** `127.0.0.1:15080` once it listens. */
  readonly local?: { readonly host: string; readonly port: number };
  /** The equivalent command for a terminal; no secret in it. */
  readonly command?: string;
  /** What its clients were answered in, where that was seen. */
  readonly speaks?: 'http';
  readonly traffic?: TunnelTraffic;
  readonly figures?: TunnelFigures;
  /**
   * Whether connections outlive the link, by a helper in the container. `ready`: none came yet; `held`: the last one
   * does; `plain`: the container cannot; `off`: the person does not want it; absent: not for this tunnel.
   */
  readonly survival?: 'ready' | 'held' | 'plain' | 'off';
}

/** What can be seen of a tunnel beyond its state; rates in bytes a second over the last second. */
export interface TunnelFigures {
  readonly rateUp: number;
  readonly rateDown: number;
  /** The shortest time in ms between a question to the far side and its answer. */
  readonly roundTripMs?: number;
  /** Since when the connection behind it stands, milliseconds since the epoch; absent while there is none. */
  readonly upSince?: number;
  /** The newest first, five at most. */
  readonly lastErrors: readonly { readonly at: number; readonly error: AppError }[];
}

interface TunnelTraffic {
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly open: number;
}

/** Why a service has no public route, or what state its mapping is in. */
export type Exposure =
  | { readonly kind: 'mapped'; readonly url: string }
  /** The mapping is there, the container is not running: the address works then. */
  | { readonly kind: 'waiting'; readonly url: string }
  /** Added or removed here; applied by the next start. */
  | { readonly kind: 'pending'; readonly url: string }
  | { readonly kind: 'unmapped' }
  /** A protocol that the platform's edge does not carry. */
  | { readonly kind: 'tcp' }
  /** The port is kept by the platform and can never be mapped. */
  | { readonly kind: 'reserved' };

/** One service: something that listens in a container, known by container and port. */
export interface Service {
  /** `{containerId}:{port}` */
  readonly id: string;
  readonly containerId: string;
  readonly port: number;
  /** Unique, lower case, a DNS label: the name before `.localhost`. */
  readonly name: string;
  /** What answers, where it is known: "Gradio 6.25", "Redis". */
  readonly kindName?: string;
  /** The same in parts: what can be done with it follows from its kind. */
  readonly kind?: Recognised;
  /** What a person should know of it beyond its health. */
  readonly hints?: readonly ServiceHint[];
  readonly protocol: Protocol;
  /** Name of its mapping, in effect or pending. */
  readonly mappingName?: string;
  readonly exposure: Exposure;
  /** Its public address answers to anyone: shown wherever the address is. */
  readonly exposed?: Exposed;
  /** The gate in front of it. */
  readonly gate?: GateMark;
  /** On which address it listens inside, and who, from the container's own tables. */
  readonly listens?: {
    readonly bind: 'any' | 'loopback';
    readonly process?: string;
    readonly addresses?: readonly string[];
  };
  /** The person wants it to be left alone: Gearway sends it nothing by itself. */
  readonly isLeftAlone?: boolean;
  /** Was it added by hand, so that it can be removed by hand. */
  readonly byHand: boolean;
  readonly tunnel: Tunnel;
  readonly health: { readonly public: RouteHealth; readonly tunnel: RouteHealth };
  /** The stable local address; absent for raw TCP and while the proxy does not listen. */
  readonly local?: LocalAddress;
  /** What the two routes together say: the code of a finding, most important first. */
  readonly findings: readonly Finding[];
}

export interface LocalAddress {
  readonly url: string;
  readonly choice: RouteChoice;
  /** Where a request goes now; absent when no route is known to work. */
  readonly route?: Route;
  readonly reason: RouteReason;
  readonly details?: LocalDetails;
}

/** Meaning of facts of both routes together; most important first in a list. */
export const findingCodes = [
  'bound_to_loopback',
  'nothing_listens',
  'mapping_pending',
  'mapping_missing',
  'open_to_anyone',
  'public_unreachable',
  'tunnel_only',
  'host_key_changed',
  'ssh_login_refused',
  'ssh_blocked',
  'network_down',
  'listens_elsewhere',
  'run_changed',
  'name_unresolved',
  'tls_intercepted',
  'certificate_expires',
  'gateway_time_limit',
  'gateway_buffers',
  'host_check',
  'websocket_not_passed',
  'insecure_assets',
  'body_limit',
  'public_unsteady',
  'tunnel_away',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** What the window can offer to do about a finding. */
export const findingActions = [
  'show_fix',
  'open_tunnel',
  'use_tunnel',
  'use_public',
  'retry_tunnel',
  'restart_container',
  'compare_keys',
  'refresh',
] as const;
export type FindingAction = (typeof findingActions)[number];

export interface Finding {
  readonly code: FindingCode;
  /** How sure: `certain` was seen inside the container or measured, `likely` follows from both routes. */
  readonly sure: 'certain' | 'likely';
  /** Buttons, the best first. */
  readonly actions?: readonly FindingAction[];
  /** Values for its details: `seconds`, `megabytes`, `issuer`, `address`, `days`, `percent`. */
  readonly params?: Readonly<Record<string, string | number>>;
}
