import type { ReplayAnswer } from '../../../shared/model/exchange.ts';
import type { HeaderRule } from '../../../shared/model/headers.ts';
import type { RouteChange } from '../../../shared/model/local-options.ts';
import type { Route, RouteChoice, RouteHealth, RouteReason } from '../../../shared/model/service.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import type { Secret } from '../base/secret.ts';
import type { Inspector } from './inspector/index.ts';

/** A container of which is known that it does not run. */
export interface StoppedContainer {
  /** Its name, for the page that says so. */
  readonly container: string;
  /** It is on its way. */
  readonly begins: boolean;
}

/** A service as the proxy serves it: its name, and how its routes are reached now. */
export interface ProxiedService {
  readonly id: string;
  /** The name before `.localhost`, lower case. */
  readonly name: string;
  readonly choice: RouteChoice;
  /** The port inside the container, which the service takes for its own. */
  readonly port?: number;
  /** Origin of its mapping. */
  readonly public?: string;
  readonly publicCa?: string;
  readonly tunnel?: { readonly host: string; readonly port: number };
  readonly health: { readonly public: RouteHealth; readonly tunnel: RouteHealth };
  /** What is changed in headers; everything where nothing is said. */
  readonly rules?: ReadonlySet<HeaderRule>;
  /** A port that leads to this service whatever the name; 0 takes a free one. */
  readonly ownPort?: number;
  /** Pages of other sites may change it and open its WebSockets; otherwise only its own pages and programs may. */
  readonly allowsCrossSite?: boolean;
  /** Nothing is tried while it is there: requests are answered at once. */
  readonly stopped?: StoppedContainer;
}

export interface ReplayWish {
  readonly id: string;
  /** `both`: over each route in turn, so that the answers can be laid side by side. */
  readonly routes: 'same' | 'both';
  /** The person knows that the request may change something. */
  readonly confirmed: boolean;
}

/** Sends remembered requests again. */
export interface Replays {
  /**
   * `exchange_not_found`; `replay_unconfirmed` for a method that may change something; `replay_body_unknown` where the
   * body was not kept; `replay_socket` for a WebSocket. Secrets that were taken out stay out.
   */
  send(wish: ReplayWish, signal: AbortSignal): Promise<Result<{ readonly answers: readonly ReplayAnswer[] }>>;
}

export interface LocalDecision {
  readonly route?: Route;
  readonly reason: RouteReason;
}

export interface ProxyEvents {
  /** The route of a service changed. */
  readonly onRoute?: (id: string) => void;
  /** A request failed on this route before anything came back. */
  readonly onRouteFailure?: (id: string, route: Route, error: AppError) => void;
  /** A request waits on this route and no byte came: whether the route still works is worth a look. */
  readonly onRouteSilent?: (id: string, route: Route) => void;
  /** What the tunnel knows of why it reaches nothing; from here it looks as if its connections were cut. */
  readonly tunnelError?: (id: string) => AppError | undefined;
  /** A request needs a tunnel that is not open. */
  readonly openTunnel?: (
    id: string,
    signal: AbortSignal,
  ) => Promise<Result<{ readonly host: string; readonly port: number }>>;
  /** A bearer key that goes out with requests of local programs which bring none. */
  readonly credential?: (id: string) => Secret | undefined;
  /** Opens the gate in front of a service, on the public route only. */
  readonly gateKey?: (id: string) => Secret | undefined;
  /** A port of a service's own was taken or could not be had. */
  readonly onOwnPort?: (id: string) => void;
}

/** Certificates for names under localhost; where there are any, the same port speaks HTTPS as well. */
export interface LocalCertificates {
  /** For `gradio.localhost`, or for `localhost` and loopback addresses. */
  for(name: string): Promise<{ readonly key: string; readonly cert: string }>;
}

export type OwnPort =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly error: AppError };

/** One listener on loopback; the name before `.localhost` chooses the service. */
export interface BundledProxy {
  /** Takes this port, or a free one where it is taken; `proxy_no_port` {port} when none can be had. */
  start(port: number): Promise<Result<{ readonly port: number }>>;
  set(services: readonly ProxiedService[]): void;
  decision(id: string): LocalDecision | undefined;
  /** The last changes of its route, oldest first, at most 20. */
  changes(id: string): readonly RouteChange[];
  /** `http://gradio.localhost:7700`; `undefined` while it does not listen. */
  url(name: string): string | undefined;
  ownPort(id: string): OwnPort | undefined;
  /** HTTPS beside HTTP on the same ports, or no more. */
  secure(certificates: LocalCertificates | undefined): void;
  readonly inspector: Inspector;
  readonly replays: Replays;
  stop(): Promise<void>;
}
