import type { ErrorCode } from '../../../../shared/errors.ts';
import type {
  BodyPreview,
  Exchange,
  ExchangeState,
  ExchangeSummary,
  HeaderPair,
} from '../../../../shared/model/exchange.ts';
import type { Route } from '../../../../shared/model/service.ts';
import { readable } from '../wire/fields.ts';
import { createFrameLog, type FrameLog } from './frame-reader.ts';
import { createEventCounter, createFrameCounter, type FrameCounter } from './frames.ts';
import { createPreview, type PreviewCollector } from './preview.ts';
import { redacted, redactHeaders, redactPath } from './redact.ts';

export interface RequestFacts {
  readonly method: string;
  /** As it was sent, with its query. */
  readonly path: string;
  readonly rawHeaders: readonly string[];
  /** `http://gradio.localhost:7700` */
  readonly localOrigin: string;
  readonly replayOf?: string;
}

/** One exchange while it goes on. Every lane calls the same few methods; each costs next to nothing. */
export class Recording {
  readonly id: string;
  readonly serviceId: string;
  revision = 0;
  readonly #facts: RequestFacts;
  readonly #requestHeaders: readonly HeaderPair[];
  readonly #path: string;
  readonly #startedAt: number;
  readonly #now: () => number;
  readonly #changed: (recording: Recording) => void;
  readonly #keepsBodies: boolean;
  readonly #t0: number;
  #state: ExchangeState = 'open';
  #kind: ExchangeSummary['kind'] = 'http';
  #route: Route | undefined;
  #sentAgain = false;
  #status: number | undefined;
  #responseHeaders: readonly HeaderPair[] = [];
  #up = 0;
  #down = 0;
  #askedAt: number | undefined;
  #connectedAt: number | undefined;
  #firstByteAt: number | undefined;
  #endedAt: number | undefined;
  #error: ErrorCode | undefined;
  #upCounter: FrameCounter | undefined;
  #downCounter: FrameCounter | undefined;
  #frames: FrameLog | undefined;
  #upBody: PreviewCollector | undefined;
  #downBody: PreviewCollector | undefined;

  constructor(options: {
    readonly id: string;
    readonly serviceId: string;
    readonly facts: RequestFacts;
    readonly startedAt: number;
    readonly now: () => number;
    readonly changed: (recording: Recording) => void;
    readonly keepsBodies: boolean;
    /** Headers that were redacted before, where the same ones come again and again on one connection. */
    readonly requestHeaders?: readonly HeaderPair[];
  }) {
    this.id = options.id;
    this.serviceId = options.serviceId;
    this.#facts = { ...options.facts, rawHeaders: [] };
    this.#requestHeaders = options.requestHeaders ?? redactHeaders(options.facts.rawHeaders);
    this.#path = redactPath(readable(options.facts.path));
    this.#startedAt = options.startedAt;
    this.#now = options.now;
    this.#changed = options.changed;
    this.#keepsBodies = options.keepsBodies;
    this.#t0 = options.now();
  }

  /** A connection is asked for on this route. */
  asked(route: Route): void {
    if (this.#route !== undefined && this.#route !== route) this.#sentAgain = true;
    this.#route = route;
    this.#askedAt = this.#now();
    this.#connectedAt = undefined;
  }

  connected(): void {
    this.#connectedAt ??= this.#now();
  }

  answered(status: number, rawHeaders: readonly string[]): void {
    this.#firstByteAt = this.#now();
    this.#status = status;
    this.#responseHeaders = redactHeaders(rawHeaders);
    if (status === 101) {
      this.#kind = 'websocket';
      this.#upCounter = createFrameCounter();
      this.#downCounter = createFrameCounter();
      if (this.#keepsBodies) this.#frames = createFrameLog(() => this.#startedAt + (this.#now() - this.#t0));
    } else if (/^text\/event-stream/i.test(this.#header('content-type') ?? '')) {
      this.#kind = 'events';
      this.#downCounter = createEventCounter();
    }
    // Streams are worth seeing while they last; an ordinary answer is told once, at its end.
    if (this.#kind !== 'http') this.#changed(this);
  }

  up(chunk: Buffer): void {
    this.#up += chunk.length;
    this.#upCounter?.read(chunk);
    this.#frames?.up(chunk);
    if (!this.#keepsBodies || this.#kind === 'websocket') return;
    this.#upBody ??= createPreview(undefined);
    this.#upBody.take(chunk);
  }

  down(chunk: Buffer): void {
    this.#down += chunk.length;
    this.#downCounter?.read(chunk);
    this.#frames?.down(chunk);
    if (!this.#keepsBodies || this.#kind === 'websocket') return;
    this.#downBody ??= createPreview(this.#header('content-encoding'));
    this.#downBody.take(chunk);
  }

  /** Only the first call counts. `status`: of an answer of the proxy's own. */
  ended(state: Exclude<ExchangeState, 'open'>, error?: ErrorCode, status?: number): void {
    if (this.#state !== 'open') return;
    this.#state = state;
    this.#error = error;
    this.#status ??= status;
    this.#endedAt = this.#now();
    this.#changed(this);
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  get counts(): boolean {
    return this.#keepsBodies || this.#downCounter !== undefined;
  }

  /** Adds bytes that are not looked at. */
  passed(bytes: number): void {
    this.#down += bytes;
  }

  summary(): ExchangeSummary {
    const since = (end: number | undefined, start: number | undefined) =>
      end === undefined || start === undefined ? undefined : Math.max(0, round(end - start));
    return {
      id: this.id,
      serviceId: this.serviceId,
      revision: this.revision,
      startedAt: this.#startedAt,
      kind: this.#kind,
      method: this.#facts.method,
      path: this.#path,
      state: this.#state,
      status: this.#status,
      route: this.#route,
      sentAgain: this.#sentAgain,
      bytesUp: this.#up,
      bytesDown: this.#down,
      timing: {
        queueMs: since(this.#askedAt, this.#t0),
        connectMs: since(this.#connectedAt, this.#askedAt),
        firstByteMs: since(this.#firstByteAt, this.#connectedAt),
        totalMs: since(this.#endedAt, this.#t0),
      },
      messages:
        this.#downCounter === undefined
          ? undefined
          : { up: this.#upCounter?.messages ?? 0, down: this.#downCounter.messages },
      error: this.#error,
      replayOf: this.#facts.replayOf,
    };
  }

  whole(): Exchange {
    const requestBody = this.#upBody?.preview();
    const responseBody = this.#downBody?.preview();
    const told = (body: (BodyPreview & { redacted: boolean }) | undefined) =>
      body === undefined
        ? undefined
        : { text: body.text, encoding: body.encoding, truncated: body.truncated };
    const withheld =
      this.#path.includes(redacted) || this.#requestHeaders.some(([, value]) => value.includes(redacted));
    return {
      ...this.summary(),
      url: this.#facts.localOrigin + this.#path,
      requestHeaders: this.#requestHeaders,
      responseHeaders: this.#responseHeaders,
      requestBody: told(requestBody),
      responseBody: told(responseBody),
      frames: this.#frames?.list(),
      withheld,
      redacted: withheld || requestBody?.redacted === true,
    };
  }

  /** The body as it was sent, for a replay; `undefined` where it was not kept whole. */
  requestBytes(): Buffer | undefined {
    if (this.#up === 0) return Buffer.alloc(0);
    return this.#upBody?.whole();
  }

  #header(name: string): string | undefined {
    return this.#responseHeaders.find(([known]) => known.toLowerCase() === name)?.[1];
  }
}

/** Microseconds are more than anyone can tell apart. */
const round = (ms: number): number => Math.round(ms * 1000) / 1000;
