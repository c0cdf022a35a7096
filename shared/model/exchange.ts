import type { ErrorCode } from '../errors.ts';
import type { Route } from './service.ts';

/** How far an exchange has come. `cut`: it began to be answered and was not finished, by either side. */
const exchangeStates = ['open', 'done', 'cut', 'failed'] as const;
export type ExchangeState = (typeof exchangeStates)[number];

/** Where the time of an exchange went, in milliseconds; a part that was not reached is absent. */
export interface ExchangeTiming {
  /** From the head of the request to the moment a connection was asked for: a tunnel that had to open counts here. */
  readonly queueMs?: number;
  /** Until the connection stood; 0 where one was reused. */
  readonly connectMs?: number;
  /** From then to the head of the answer. */
  readonly firstByteMs?: number;
  readonly totalMs?: number;
}

/** One request at a local address and what became of it, as a line of a list. Redacted where it was recorded. */
export interface ExchangeSummary {
  readonly id: string;
  readonly serviceId: string;
  /** Grows with every change of any exchange: a list asks for what came after the last one it saw. */
  readonly revision: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly kind: 'http' | 'events' | 'websocket';
  readonly method: string;
  readonly path: string;
  readonly state: ExchangeState;
  readonly status?: number;
  readonly route?: Route;
  /** The first route failed and the request went to the other one. */
  readonly sentAgain: boolean;
  /** Bytes of bodies; with a WebSocket, of frames. */
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly timing: ExchangeTiming;
  /** Messages of a WebSocket each way, or events of a stream down. */
  readonly messages?: { readonly up: number; readonly down: number };
  readonly error?: ErrorCode;
  /** The exchange that this one repeats. */
  readonly replayOf?: string;
}

/** The beginning of a body, kept only where the person asked for it. */
export interface BodyPreview {
  readonly text: string;
  /** `base64` where the bytes are no text. */
  readonly encoding: 'utf8' | 'base64';
  /** There was more. */
  readonly truncated: boolean;
}

/** One frame of a WebSocket. */
export interface SocketFrame {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly way: 'up' | 'down';
  /** `more`: goes on with the message before. */
  readonly kind: 'text' | 'binary' | 'more' | 'close' | 'ping' | 'pong';
  readonly bytes: number;
  /** Its beginning; empty where it is no text. */
  readonly text: string;
  readonly isCompressed: boolean;
}

export type HeaderPair = readonly [name: string, value: string];

export interface Exchange extends ExchangeSummary {
  readonly url: string;
  readonly requestHeaders: readonly HeaderPair[];
  readonly responseHeaders: readonly HeaderPair[];
  readonly requestBody?: BodyPreview;
  readonly responseBody?: BodyPreview;
  /** A secret was taken out of what is shown. */
  readonly redacted: boolean;
  /** Secrets of its address and headers, without which a replay goes. A body is sent whole. */
  readonly withheld: boolean;
  /** The last frames of a WebSocket, oldest first, where bodies were kept. */
  readonly frames?: readonly SocketFrame[];
}

/** What came back when an exchange was sent once more over one route. */
export type ReplayAnswer =
  | {
      readonly kind: 'answered';
      readonly route: Route;
      readonly status: number;
      readonly headers: readonly HeaderPair[];
      readonly body: BodyPreview;
      readonly bytes: number;
      readonly timing: ExchangeTiming;
    }
  | { readonly kind: 'failed'; readonly route: Route; readonly error: ErrorCode };
