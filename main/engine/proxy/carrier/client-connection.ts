import type { Socket } from 'node:net';
import type { Language } from '../../../../shared/words/index.ts';
import type { Inspector } from '../inspector/index.ts';
import type { Limits } from '../listener.ts';
import {
  crossSitePage,
  elsewhere,
  type OwnAnswer,
  ownAnswer,
  refusalPage,
  stoppedPage,
  unreachablePage,
} from '../pages/index.ts';
import { isForeignPage, type Serving } from '../serve.ts';
import { tlsFirstByte } from '../tls-door.ts';
import type { ProxiedService } from '../types.ts';
import { type Fields, fieldOf } from '../wire/fields.ts';
import { HeadCollector } from '../wire/head-collector.ts';
import { type RequestLine, readRequestLine } from '../wire/request-head.ts';
import { Carrying, repeatable } from './carrying.ts';
import { planRequest, type RequestPlan } from './request-plan.ts';
import { TwoWay } from './two-way.ts';
import type { UpstreamPool } from './upstream-pool.ts';

/** Where a connection came in. */
export interface Door {
  /** It began with TLS: gives it to whoever speaks that; absent where nobody does. */
  readonly secure?: (socket: Socket) => void;
  /** The service that a host means here. */
  readonly service: (host: string) => ProxiedService | undefined;
  /** The same address by a name of the service's own, where a browser was led here by a mere number. */
  readonly named: (host: string | undefined) => string | undefined;
  /** What is said to a host that means none. */
  readonly page: (host: string | undefined) => (language: Language) => OwnAnswer;
}

export interface ClientSetting {
  readonly inspector: Inspector;
  readonly serving: Serving;
  readonly pool: UpstreamPool;
  readonly limits: Limits;
  /** Changes with everything that heads depend on. */
  readonly generation: () => number;
  /** An exception of ours while bytes were read; the connection is ended, and nothing else. */
  readonly onBug: (error: unknown) => void;
}

/** So much of what a client goes on sending is read away after an answer that ended the connection. */
const mostDiscarded = 32 * 1024 * 1024;
const noFields: Fields = [];

/**
 * One connection of a client: reads requests one after the other, carries each to its service, and answers itself what
 * is for nobody. Whatever comes while a request is under way waits.
 */
export class ClientConnection {
  readonly #client: Socket;
  readonly #door: Door;
  readonly #to: ClientSetting;
  #head = new HeadCollector();
  #headTimer: NodeJS.Timeout | undefined;
  #plan: RequestPlan | undefined;
  #exchange: Carrying | undefined;
  /** It is being found out who asks. */
  #isLooking = false;
  /** What came while something was under way: its body, or the next request. */
  #held: Buffer | undefined;
  #isFresh = true;
  #isClosing = false;
  #isReading = false;
  #mayUseKey: boolean | undefined;

  constructor(client: Socket, door: Door, to: ClientSetting) {
    this.#client = client;
    this.#door = door;
    this.#to = to;
    client.setTimeout(to.limits.idleMs);
    client.on('data', this.#onData);
    client.on('end', this.#onEnd);
    client.on('close', this.#onClose);
    client.on('drain', this.#onDrain);
    client.on('timeout', this.#onTimeout);
    client.on('error', this.#onError);
  }

  readonly #onData = (chunk: Buffer) =>
    this.#guarded(() => {
      if (this.#isClosing) this.#discard(chunk);
      else if (this.#isBusy && this.#exchange?.takesBody !== true) {
        this.#hold(chunk);
        this.#client.pause();
      } else {
        this.#hold(chunk);
        this.#goOn();
      }
    });

  // A client that closes says only that it sends no more; nobody waits for answers after that.
  readonly #onEnd = () =>
    this.#guarded(() => {
      this.#exchange?.leave();
      this.#exchange = undefined;
      this.#stopHeadTimer();
      this.#client.destroySoon();
    });

  readonly #onClose = () =>
    this.#guarded(() => {
      this.#stopHeadTimer();
      this.#exchange?.leave();
      this.#exchange = undefined;
    });

  readonly #onDrain = () => this.#guarded(() => this.#exchange?.resume());
  readonly #onTimeout = () => {
    if (!this.#isBusy) this.#client.destroy();
  };
  readonly #onError = () => void this.#client.destroy();

  get #isBusy(): boolean {
    return this.#exchange !== undefined || this.#isLooking;
  }

  #guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#fell(error);
    }
  }

  #fell(error: unknown): void {
    this.#to.onBug(error);
    this.#client.destroy();
  }

  #hold(chunk: Buffer): void {
    this.#held = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk]);
  }

  /** Reads what is there: the body of the request that is under way, or requests, until one of them takes its time. */
  #goOn(): void {
    // What is answered at once comes back here: the loop goes on, not the stack.
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#held !== undefined && !this.#isClosing && !this.#client.destroyed) {
        const bytes = this.#held;
        if (this.#exchange?.takesBody === true) {
          if (this.#exchange.isFull) break;
          this.#held = undefined;
          const taken = this.#exchange.feed(bytes);
          if (taken === undefined) this.#refuseBody();
          else if (taken < bytes.length) this.#held = bytes.subarray(taken);
        } else if (this.#isBusy) break;
        else {
          this.#held = undefined;
          const rest = this.#readRequest(bytes);
          if (rest !== undefined && rest.length > 0) this.#held = rest;
        }
      }
    } finally {
      this.#isReading = false;
    }
    if (this.#isClosing) return;
    if (this.#held === undefined && this.#exchange?.isFull !== true) this.#client.resume();
    else this.#client.pause();
  }

  /** Gives what follows the head; `undefined` where there is nothing to go on with. */
  #readRequest(chunk: Buffer): Buffer | undefined {
    let bytes = chunk;
    if (this.#head.length === 0) {
      if (this.#isFresh && bytes[0] === tlsFirstByte && this.#door.secure !== undefined) {
        this.#handOver(bytes, this.#door.secure);
        return undefined;
      }
      // Empty lines before a request belong to nothing (RFC 9112 §2.2).
      let empty = 0;
      while (bytes[empty] === 13 || bytes[empty] === 10) empty += 1;
      bytes = bytes.subarray(empty);
      if (bytes.length === 0) return undefined;
    }
    this.#isFresh = false;
    const { limits } = this.#to;
    const found = this.#head.add(bytes);
    if ((found?.end ?? this.#head.length) > limits.headBytes) {
      this.#answer(noFields, (language) => refusalPage('large', language));
      return undefined;
    }
    if (found === undefined) {
      this.#headTimer ??= setTimeout(() => this.#guarded(() => this.#giveUp()), limits.headMs);
      return undefined;
    }
    this.#stopHeadTimer();
    const text = found.bytes.toString('latin1', 0, found.end);
    const lineEnd = text.indexOf('\r\n');
    const line = found.isStrict ? readRequestLine(lineEnd < 0 ? text : text.slice(0, lineEnd)) : 'bad';
    if (typeof line === 'string') {
      const kind = line === 'connect' ? 'connect' : 'refused';
      this.#answer(noFields, (language) => refusalPage(kind, language));
      return undefined;
    }
    this.#begin(line, lineEnd < 0 ? '' : text.slice(lineEnd + 2));
    return found.bytes.subarray(found.rest);
  }

  #begin(line: RequestLine, fields: string): void {
    const { generation, serving } = this.#to;
    const now = generation();
    let plan = this.#plan;
    if (plan === undefined || !plan.fits(fields, line.minor, now)) {
      const made = planRequest(fields, line.minor, {
        isSecure: 'encrypted' in this.#client,
        generation: now,
        service: this.#door.service,
      });
      if (made === 'bad') {
        this.#answer(noFields, (language) => refusalPage('refused', language));
        return;
      }
      plan = made;
      this.#plan = made;
    }
    const { facts, service, asker } = plan;
    const isHead = line.method === 'HEAD';
    // What is not answered by a service is answered without its body being read.
    const keep = !facts.isLast && facts.framing.kind === 'none' && facts.upgrade === undefined;
    const say = (compose: (language: Language) => OwnAnswer) =>
      this.#answer(facts.fields, compose, { isHead, keep });
    if (service === undefined) {
      say(this.#door.page(facts.host));
      return;
    }
    if (facts.upgrade !== undefined && (facts.framing.kind !== 'none' || line.method !== 'GET')) {
      say((language) => refusalPage('refused', language));
      return;
    }
    const isUnsafe = !repeatable.has(line.method) || facts.upgrade !== undefined;
    if (isUnsafe && service.allowsCrossSite !== true && isForeignPage(asker)) {
      this.#record(service, plan, line).ended('failed', 'cross_site_refused', 403);
      say((language) => crossSitePage(service, asker.origin, language));
      return;
    }
    const named = isNavigation(line.method, facts.fields) ? this.#door.named(facts.host) : undefined;
    if (named !== undefined) {
      say(() => elsewhere(`${named}${line.target}`));
      return;
    }
    if (service.stopped !== undefined) {
      const { stopped } = service;
      this.#record(service, plan, line).ended('failed', 'container_not_running', 503);
      say((language) => stoppedPage(service, stopped, language));
      return;
    }
    if (this.#mayUseKey === undefined && serving.wouldUseKey(service, asker)) {
      this.#isLooking = true;
      const found = plan;
      serving
        .mayUseKey(this.#client, asker)
        .then((may) => {
          this.#isLooking = false;
          if (this.#client.destroyed || this.#isClosing) return;
          this.#mayUseKey = may;
          this.#carry(service, found, line);
          this.#goOn();
        })
        .catch((error: unknown) => this.#fell(error));
      return;
    }
    this.#carry(service, plan, line);
  }

  #record(service: ProxiedService, plan: RequestPlan, line: RequestLine) {
    return this.#to.inspector.begin(
      service.id,
      {
        method: line.method,
        path: line.target,
        rawHeaders: noFields,
        localOrigin: plan.asker.localOrigin,
      },
      plan.shown,
    );
  }

  #carry(service: ProxiedService, plan: RequestPlan, line: RequestLine): void {
    const client = this.#client;
    const { facts } = plan;
    const recording = this.#record(service, plan, line);
    const exchange = new Carrying({
      pool: this.#to.pool,
      serving: this.#to.serving,
      client,
      line,
      plan,
      service,
      recording,
      mayUseKey: this.#mayUseKey === true,
      onBug: (error) => this.#fell(error),
      onWantsBody: () => this.#goOn(),
      onDone: (keep) => {
        this.#exchange = undefined;
        if (keep) this.#goOn();
        else this.#close();
      },
      onUnreachable: (failures) => {
        const isWhole = exchange.hasWholeBody && facts.upgrade === undefined;
        this.#exchange = undefined;
        this.#answer(facts.fields, (language) => unreachablePage(service, failures, language), {
          isHead: line.method === 'HEAD',
          keep: isWhole && !facts.isLast,
        });
        this.#goOn();
      },
      onCut: (quietly) => {
        this.#exchange = undefined;
        this.#cut(quietly);
      },
      onAgreed: (connection, rest) => {
        const early = this.#held;
        this.#held = undefined;
        this.#letGo();
        this.#exchange = undefined;
        void new TwoWay({ client, connection, recording, early, rest });
      },
    });
    this.#exchange = exchange;
    exchange.start();
  }

  /** An answer of our own. Without `keep` nothing that follows on this connection is believed. */
  #answer(
    fields: Fields,
    compose: (language: Language) => OwnAnswer,
    how: { readonly isHead: boolean; readonly keep: boolean } = { isHead: false, keep: false },
  ): void {
    const bytes = ownAnswer(
      {
        accept: fieldOf(fields, 'accept'),
        acceptLanguage: fieldOf(fields, 'accept-language'),
        ...how,
      },
      compose,
    );
    this.#client.write(bytes);
    if (!how.keep) this.#close();
  }

  /** A body whose end nobody can know. */
  #refuseBody(): void {
    const isAnswered = this.#exchange?.answerBegan === true;
    this.#exchange = undefined;
    if (isAnswered) this.#cut(false);
    else this.#answer(noFields, (language) => refusalPage('refused', language));
  }

  #giveUp(): void {
    this.#headTimer = undefined;
    if (!this.#isBusy && !this.#isClosing)
      this.#answer(noFields, (language) => refusalPage('slow', language));
  }

  #stopHeadTimer(): void {
    clearTimeout(this.#headTimer);
    this.#headTimer = undefined;
  }

  /** Ends it after what was said: a client that is still sending is listened to, or it would not hear the answer. */
  #close(): void {
    this.#isClosing = true;
    this.#held = undefined;
    this.#head = new HeadCollector();
    this.#stopHeadTimer();
    this.#client.end();
    this.#client.resume();
  }

  #discarded = 0;
  #discard(chunk: Buffer): void {
    this.#discarded += chunk.length;
    if (this.#discarded > mostDiscarded) this.#client.destroy();
  }

  #cut(quietly: boolean): void {
    this.#isClosing = true;
    this.#held = undefined;
    const client = this.#client;
    if (quietly) client.destroySoon();
    // Only a broken connection tells that this is not the end; what was said goes out first.
    else client.write('', () => ('encrypted' in client ? client.destroy() : client.resetAndDestroy()));
  }

  #handOver(bytes: Buffer, take: (socket: Socket) => void): void {
    this.#letGo();
    this.#isClosing = true;
    this.#client.pause();
    this.#client.unshift(bytes);
    take(this.#client);
  }

  #letGo(): void {
    const client = this.#client;
    client.off('data', this.#onData);
    client.off('end', this.#onEnd);
    client.off('close', this.#onClose);
    client.off('drain', this.#onDrain);
    client.off('timeout', this.#onTimeout);
    client.off('error', this.#onError);
    client.setTimeout(0);
    this.#stopHeadTimer();
  }
}

/**
 * A browser that opens a page by itself, and resolves names under localhost as all but Safari do. Programs, and requests of
 * pages, stay at the address that they chose.
 */
function isNavigation(method: string, fields: Fields): boolean {
  if (method !== 'GET' || fieldOf(fields, 'sec-fetch-dest') !== 'document') return false;
  const agent = fieldOf(fields, 'user-agent') ?? '';
  return /(?:Chrome|Chromium|Firefox)\//.test(agent);
}
