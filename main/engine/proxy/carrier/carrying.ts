import type { Socket } from 'node:net';
import type { Route } from '../../../../shared/model/service.ts';
import type { AppError } from '../../../../shared/result.ts';
import { answerHeaders, type HeaderContext, hintHeaders, type Upstream } from '../headers.ts';
import type { Recording } from '../inspector/index.ts';
import type { Serving } from '../serve.ts';
import type { ProxiedService } from '../types.ts';
import { type AnswerHead, readAnswerHead } from '../wire/answer-head.ts';
import { type BodyEnd, createBodyEnd } from '../wire/body-end.ts';
import { fieldOf, joined } from '../wire/fields.ts';
import { HeadCollector } from '../wire/head-collector.ts';
import type { RequestLine } from '../wire/request-head.ts';
import {
  codeOf,
  connectMs,
  failureCode,
  firstByteMs,
  isEdgeRefusal,
  mostHeadBytes,
  notHttp,
  routeLost,
  type TryFailure,
} from './attempt.ts';
import { HeldAnswer } from './held-answer.ts';
import { createRequestBody, type RequestBody } from './request-body.ts';
import type { RequestPlan } from './request-plan.ts';
import {
  mostQueuedBytes,
  type UpstreamConnection,
  type UpstreamPool,
  type UpstreamUser,
} from './upstream-pool.ts';

/** Why each route failed. */
export type Failures = Readonly<Partial<Record<Route, AppError>>>;

export interface CarryingOptions {
  readonly pool: UpstreamPool;
  readonly serving: Serving;
  readonly client: Socket;
  readonly line: RequestLine;
  readonly plan: RequestPlan;
  readonly service: ProxiedService;
  readonly recording: Recording;
  /** A fault of ours: it ends the client's connection. */
  readonly onBug: (error: unknown) => void;
  /** Whoever asks may spend a kept key. */
  readonly mayUseKey: boolean;
  /** The service is ready for the body, or for more of it. */
  readonly onWantsBody: () => void;
  /** The answer is whole; `keep`: the client's connection may carry another request. */
  readonly onDone: (keep: boolean) => void;
  /** No answer came, and nothing reached the client. */
  readonly onUnreachable: (failures: Failures) => void;
  /** Half an answer went out, and no more will come. `quietly`: its framing tells the client so. */
  readonly onCut: (quietly: boolean) => void;
  /** The service agreed to a WebSocket; the client heard so. */
  readonly onAgreed: (connection: UpstreamConnection, rest: Buffer) => void;
}

/** Requests that change nothing and may be sent again (RFC 9110 §9.2.2). */
export const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Small bodies go out in one piece with their head: one system call instead of two. */
const smallBytes = 16 * 1024;

/**
 * One request and its answer between raw sockets, over one route after the other until an answer comes. Heads are parsed
 * once and written anew; bodies of answers pass untouched, and only their ends are looked for.
 */
export class Carrying implements UpstreamUser {
  readonly #to: CarryingOptions;
  readonly #body: RequestBody;
  /** It changes nothing: it may use a kept connection, be asked again, and go another way. */
  readonly #again: boolean;
  readonly #failures: Partial<Record<Route, AppError>> = {};
  #routes: readonly Route[] = [];
  #next = 0;
  #upstream: Upstream | undefined;
  #context: HeaderContext | undefined;
  #mayGoElsewhere = false;
  #connection: UpstreamConnection | undefined;
  #head = new HeadCollector();
  #heard = false;
  #answer: AnswerHead | undefined;
  #end: BodyEnd | undefined;
  /** For HTTP/1.0, which knows no chunks: what they hold. */
  #decodes = false;
  #held: HeldAnswer | undefined;
  #unlisten: (() => void) | undefined;
  #isOver = false;

  constructor(to: CarryingOptions) {
    this.#to = to;
    const { framing } = to.plan.facts;
    this.#body = createRequestBody(framing, (data) => to.recording.up(data));
    this.#again = framing.kind === 'none' && repeatable.has(to.line.method);
  }

  start(): void {
    this.#routes = this.#to.serving.order(this.#to.service);
    this.#goOn();
  }

  /** Its body can be taken now: the connection stands, and until then nothing of it was. */
  get takesBody(): boolean {
    return this.#connection?.stood === true && !this.#body.isWhole;
  }

  get hasWholeBody(): boolean {
    return this.#body.isWhole;
  }

  /** The service takes no more for now. */
  get isFull(): boolean {
    return (this.#connection?.socket.writableLength ?? 0) > mostQueuedBytes;
  }

  /** Something of an answer went to the client. */
  get answerBegan(): boolean {
    return this.#answer !== undefined;
  }

  /** How many bytes belonged to the body; `undefined` where it is framed wrongly, and the exchange is over then. */
  feed(part: Buffer): number | undefined {
    const taken = this.#body.read(part, this.#connection?.socket);
    if (taken !== undefined) return taken;
    this.#abandon();
    this.#to.recording.ended('failed', undefined, 400);
    return undefined;
  }

  #goOn(): void {
    const { serving, service } = this.#to;
    for (;;) {
      const route = this.#routes[this.#next];
      if (route === undefined) {
        this.#fellThrough();
        return;
      }
      this.#next += 1;
      const now = serving.upstreamNow(service, route);
      if (now !== undefined) {
        this.#ask(now, false);
        return;
      }
      if (!serving.isThere(service, route)) continue;
      void serving
        .upstream(service, route)
        .then((opened) => {
          if (this.#isOver) return;
          if (opened.ok) this.#ask(opened.value, false);
          else {
            if (opened.error !== undefined) this.#failures[route] = opened.error;
            this.#goOn();
          }
        })
        .catch(this.#to.onBug);
      return;
    }
  }

  #ask(upstream: Upstream, fresh: boolean): void {
    const { serving, service, plan, line, recording, pool } = this.#to;
    const context = plan.contextFor(upstream, () =>
      serving.context(service, upstream, plan.asker, this.#to.mayUseKey),
    );
    this.#upstream = upstream;
    this.#context = context;
    this.#mayGoElsewhere =
      this.#again && this.#routes.slice(this.#next).some((route) => serving.isThere(service, route));
    recording.asked(upstream.route);
    const isKeptGood = this.#again && !fresh && plan.facts.upgrade === undefined;
    const connection = isKeptGood ? pool.take(upstream, this) : pool.open(upstream, this);
    this.#connection = connection;
    const { socket } = connection;
    socket.setTimeout(
      connection.stood ? firstByteMs : this.#mayGoElsewhere ? connectMs.withOtherRoute : connectMs.alone,
    );
    if (this.#mayGoElsewhere)
      this.#unlisten = serving.onLost(service, upstream.route, () => this.#fail(routeLost()));
    if (connection.stood) recording.connected();
    socket.write(plan.headFor(line, context), 'latin1');
  }

  onConnected(): void {
    this.#to.recording.connected();
    this.#connection?.socket.setTimeout(firstByteMs);
    if (!this.#body.isWhole) this.#to.onWantsBody();
  }

  onDrain(): void {
    if (!this.#body.isWhole) this.#to.onWantsBody();
  }

  onData(chunk: Buffer): void {
    if (this.#answer !== undefined) {
      this.#pass(chunk);
      return;
    }
    let part: Buffer | undefined = chunk;
    while (part !== undefined && part.length > 0 && this.#answer === undefined && !this.#isOver) {
      this.#heard = true;
      const found = this.#head.add(part);
      if (found === undefined) {
        if (this.#head.length > mostHeadBytes) this.#fail(notHttp());
        return;
      }
      const asked = this.#to.line.method === 'HEAD' ? 'HEAD' : 'other';
      const answer =
        found.end > mostHeadBytes
          ? undefined
          : readAnswerHead(found.bytes.toString('latin1', 0, found.end), asked);
      if (answer === undefined) {
        this.#fail(notHttp());
        return;
      }
      const rest: Buffer = found.bytes.subarray(found.rest);
      if (answer.status >= 200) {
        this.#begin(answer, rest);
        return;
      }
      if (answer.status === 101) {
        this.#agree(answer, rest);
        return;
      }
      this.#hint(answer);
      part = rest;
    }
  }

  /** Early hints and the like go ahead of the answer. */
  #hint({ status, reason, fields }: AnswerHead): void {
    const { client, line } = this.#to;
    if (line.minor === 0 || this.#context === undefined) return;
    const head = `HTTP/1.1 ${status} ${reason}\r\n${joined(hintHeaders(fields, this.#context))}\r\n`;
    if (!client.write(head, 'latin1') && client.writableLength > mostQueuedBytes)
      this.#connection?.socket.pause();
  }

  #agree(answer: AnswerHead, rest: Buffer): void {
    const { client, plan, recording } = this.#to;
    const connection = this.#connection;
    // A switch of protocols that nobody asked for.
    if (plan.facts.upgrade === undefined || connection === undefined || this.#context === undefined) {
      this.#fail(notHttp());
      return;
    }
    this.#unlistenNow();
    this.#dropHeld();
    this.#isOver = true;
    this.#connection = undefined;
    connection.socket.setTimeout(0);
    recording.answered(answer.status, answer.fields);
    const protocol = fieldOf(answer.fields, 'upgrade') ?? 'websocket';
    client.write(
      `HTTP/1.1 101 ${answer.reason}\r\n${joined(answerHeaders(answer.fields, this.#context))}connection: Upgrade\r\nupgrade: ${protocol}\r\n\r\n`,
      'latin1',
    );
    this.#to.onAgreed(connection, rest);
  }

  #begin(answer: AnswerHead, rest: Buffer): void {
    const upstream = this.#upstream;
    const connection = this.#connection;
    if (upstream === undefined || connection === undefined) return;
    if (this.#mayGoElsewhere && this.#held === undefined && isEdgeRefusal(upstream.route, answer.status)) {
      this.#unlistenNow();
      this.#connection = undefined;
      this.#held = new HeldAnswer(connection, answer, rest, upstream, this.#context);
      this.#note({ kind: 'refusedByEdge', status: answer.status });
      this.#head = new HeadCollector();
      this.#heard = false;
      this.#goOn();
      return;
    }
    this.#dropHeld();
    this.#write(answer, rest);
  }

  #write(answer: AnswerHead, rest: Buffer): void {
    const { client, recording, line, plan } = this.#to;
    const context = this.#context;
    if (context === undefined) return;
    this.#unlistenNow();
    // A stream may be silent for longer than a first byte may take.
    this.#connection?.socket.setTimeout(0);
    this.#answer = answer;
    recording.answered(answer.status, answer.fields);
    const { framing } = answer;
    this.#decodes = framing.kind === 'chunked' && line.minor === 0;
    this.#end = createBodyEnd(
      framing,
      (data) => {
        recording.down(data);
        if (this.#decodes) client.write(Buffer.from(data));
      },
      'lenient',
    );
    const fields = joined(answerHeaders(answer.fields, context));
    const coding =
      framing.kind === 'chunked' && !this.#decodes
        ? `transfer-encoding: ${framing.coding ?? 'chunked'}\r\n`
        : '';
    const isLast = framing.kind === 'close' || plan.facts.isLast || plan.facts.upgrade !== undefined;
    const closing = isLast ? 'connection: close\r\n' : '';
    const head = `HTTP/1.1 ${answer.status} ${answer.reason}\r\n${fields}${coding}${closing}\r\n`;
    if (rest.length > 0 && rest.length <= smallBytes && !this.#decodes) {
      this.#pass(rest, head);
      return;
    }
    client.write(head, 'latin1');
    if (rest.length > 0) this.#pass(rest);
    else if (this.#end.isWhole) this.#finish(true);
  }

  /** Hands on what belongs to the body; bytes after it are none of the client's. */
  #pass(part: Buffer, head?: string): void {
    const { client } = this.#to;
    const end = this.#end;
    const taken = end?.read(part);
    if (end === undefined || taken === undefined) {
      // What came before the fault is the service's word all the same.
      if (head !== undefined) client.write(head, 'latin1');
      const right = this.#decodes ? 0 : (end?.rightBytes ?? 0);
      if (right > 0) client.write(Buffer.from(part.subarray(0, right)));
      this.#cut();
      return;
    }
    const mine = taken === part.length ? part : part.subarray(0, taken);
    const flows = this.#decodes
      ? !client.writableNeedDrain
      : head === undefined
        ? mine.length === 0 || client.write(mine, this.#connection?.borrow())
        : client.write(head + mine.toString('latin1', 0, mine.length), 'latin1');
    if (end.isWhole) this.#finish(taken === part.length);
    else if (!flows && client.writableLength > mostQueuedBytes) this.#connection?.socket.pause();
  }

  /** The client can take more. */
  resume(): void {
    this.#connection?.socket.resume();
  }

  #finish(isClean: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const connection = this.#connection;
    this.#connection = undefined;
    const answer = this.#answer;
    const { plan, pool, recording, onDone } = this.#to;
    const isWhole = this.#body.isWhole;
    if (connection !== undefined) {
      if (isClean && answer?.persistent === true && isWhole) {
        connection.socket.resume();
        pool.giveBack(connection, answer.keepsFor);
      } else connection.abandon();
    }
    recording.ended('done');
    const { facts } = plan;
    onDone(answer?.framing.kind !== 'close' && !facts.isLast && facts.upgrade === undefined && isWhole);
  }

  onOver(error: Error | undefined): void {
    if (this.#isOver) return;
    const connection = this.#connection;
    const upstream = this.#upstream;
    if (this.#answer === undefined) {
      const died = connection?.isReused === true && !this.#heard && (!error || codeOf(error) !== 'ETIMEDOUT');
      if (died && upstream !== undefined) {
        // An idle connection had died: nobody is to blame, and a fresh one cannot have.
        this.#unlistenNow();
        this.#connection = undefined;
        this.#ask(upstream, true);
      } else this.#fail(error ?? notHttp());
      return;
    }
    this.#connection = undefined;
    if (this.#answer.framing.kind === 'close' && error === undefined) this.#finish(false);
    else this.#cut();
  }

  /** Half an answer went out: the client is told so by its end. */
  #cut(): void {
    const quietly = this.#answer?.framing.kind !== 'close' && !this.#decodes;
    this.#abandon();
    this.#to.recording.ended('cut', 'connection_lost');
    this.#to.onCut(quietly);
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    const unsent = this.#connection?.stood !== true;
    this.#unlistenNow();
    this.#connection?.abandon();
    this.#connection = undefined;
    this.#head = new HeadCollector();
    this.#heard = false;
    this.#note({ kind: 'failed', code: failureCode(error), detail: codeOf(error) });
    if (this.#again || unsent) this.#goOn();
    else this.#fellThrough();
  }

  #note(failure: TryFailure): void {
    const { serving, service } = this.#to;
    if (this.#upstream === undefined) return;
    this.#failures[this.#upstream.route] = serving.failed(service, this.#upstream, failure);
  }

  /** No route is left. An answer that came before is better than none. */
  #fellThrough(): void {
    const held = this.#held;
    if (held !== undefined) {
      this.#held = undefined;
      this.#upstream = held.upstream;
      this.#context = held.context;
      this.#to.recording.asked(held.upstream.route);
      this.#connection = held.connection;
      const { rest, isOver, error } = held.take(this);
      this.#write(held.answer, rest);
      if (isOver) this.onOver(error);
      return;
    }
    this.#isOver = true;
    const [error] = Object.values(this.#failures);
    this.#to.recording.ended('failed', error?.code ?? 'no_healthy_route', 502);
    this.#to.onUnreachable(this.#failures);
  }

  /** The client left. */
  leave(): void {
    if (this.#isOver) return;
    this.#abandon();
    this.#to.recording.ended('cut');
  }

  #abandon(): void {
    this.#isOver = true;
    this.#unlistenNow();
    this.#dropHeld();
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.abandon();
  }

  #dropHeld(): void {
    this.#held?.drop();
    this.#held = undefined;
  }

  #unlistenNow(): void {
    this.#unlisten?.();
    this.#unlisten = undefined;
  }
}
