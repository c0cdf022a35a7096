import type { HeaderPair } from '../../../../shared/model/exchange.ts';
import { type HeaderContext, type Upstream, upstreamHeaders } from '../headers.ts';
import { redactHeaders } from '../inspector/index.ts';
import type { Asker } from '../serve.ts';
import type { ProxiedService } from '../types.ts';
import { fieldOf, hasToken, joined } from '../wire/fields.ts';
import { type RequestFacts, type RequestLine, readRequestFields } from '../wire/request-head.ts';

/** What the same header fields mean, as long as nothing changes: browsers and programs repeat them on a connection. */
export interface RequestPlan {
  readonly facts: RequestFacts;
  readonly asker: Asker;
  readonly service: ProxiedService | undefined;
  /** As the inspector shows them. */
  readonly shown: readonly HeaderPair[];
  /** Whether it is still true for these fields. */
  fits(fields: string, minor: 0 | 1, generation: number): boolean;
  /** The head for the service. */
  headFor(line: RequestLine, context: HeaderContext): string;
  /** The context for an upstream, made once. */
  contextFor(upstream: Upstream, make: () => HeaderContext): HeaderContext;
}

export interface PlanSetting {
  readonly isSecure: boolean;
  readonly generation: number;
  readonly service: (host: string) => ProxiedService | undefined;
}

/** `fields`: the head of a request behind its first line. */
export function planRequest(fields: string, minor: 0 | 1, setting: PlanSetting): RequestPlan | 'bad' {
  const facts = readRequestFields(fields, 0, minor);
  if (facts === 'bad') return 'bad';
  const host = facts.host?.toLowerCase() ?? '';
  let known: HeaderContext | undefined;
  let fieldsUp = '';
  let fieldsFor: HeaderContext | undefined;
  const framing = framingUp(facts);
  return {
    facts,
    asker: {
      localOrigin: `${setting.isSecure ? 'https' : 'http'}://${host}`,
      origin: fieldOf(facts.fields, 'origin'),
      fetchSite: fieldOf(facts.fields, 'sec-fetch-site'),
      hasAuthorization: fieldOf(facts.fields, 'authorization') !== undefined,
    },
    service: setting.service(host),
    shown: redactHeaders(facts.fields),
    fits: (others, otherMinor, generation) =>
      others === fields && otherMinor === minor && generation === setting.generation,
    headFor({ method, target }, context) {
      if (fieldsFor !== context) {
        fieldsFor = context;
        fieldsUp = joined(upstreamHeaders(facts.fields, context)) + framing;
      }
      return `${method} ${target} HTTP/1.1\r\n${fieldsUp}\r\n`;
    },
    contextFor(upstream, make) {
      const isKnown = known?.upstream.origin === upstream.origin && known.upstream.route === upstream.route;
      if (!isKnown || known === undefined) known = make();
      return known;
    },
  };
}

/** What of the connection's own fields goes on: each connection has its own. A length is a field like others. */
function framingUp({ fields, framing, upgrade }: RequestFacts): string {
  const coding = framing.kind === 'chunked' ? 'transfer-encoding: chunked\r\n' : '';
  // The one value that a proxy which keeps trailers may hand on (RFC 9110 §10.1.4).
  const trailers = hasToken(fieldOf(fields, 'te') ?? '', 'trailers') ? 'te: trailers\r\n' : '';
  const protocol = upgrade === undefined ? '' : `connection: Upgrade\r\nupgrade: ${upgrade}\r\n`;
  return coding + trailers + protocol;
}
