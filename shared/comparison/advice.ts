import type { Advice, AdviceCode, MeasuredRoute } from '../model/comparison-record.ts';
import { isTelling } from './telling.ts';

/** What advice is drawn from. */
export interface AdviceFacts {
  readonly public: MeasuredRoute;
  readonly tunnel: MeasuredRoute;
  /** Raw TCP has no public route and never will. */
  readonly isTcp: boolean;
}

type Rule = readonly [
  code: AdviceCode,
  holds: (facts: AdviceFacts) => boolean,
  params?: (facts: AdviceFacts) => Record<string, string | number>,
];

/** A route that loses more than one question in fifty is felt. */
const steadyShare = 0.98;

const works = (route: MeasuredRoute): boolean => route.answered * 2 > route.attempts;
const bothWork = (facts: AdviceFacts): boolean => works(facts.public) && works(facts.tunnel);
const availability = (route: MeasuredRoute): number =>
  route.attempts === 0 ? 0 : route.answered / route.attempts;
const steadier = (one: MeasuredRoute, other: MeasuredRoute): boolean =>
  availability(one) >= steadyShare && availability(other) < steadyShare;
const ms = (route: MeasuredRoute): number => route.firstByteMs?.p50 ?? Number.NaN;
const faster = (one: MeasuredRoute, other: MeasuredRoute): boolean =>
  ms(other) > ms(one) && isTelling('ms', ms(one), ms(other));
const rate = (route: MeasuredRoute, way: 'down' | 'up'): number => {
  const moved = route[way];
  return moved.kind === 'measured' ? moved.bytesPerSecond : Number.NaN;
};
const movesMore = (one: MeasuredRoute, other: MeasuredRoute, way: 'down' | 'up'): boolean =>
  rate(one, way) > rate(other, way) && isTelling('bytesPerSecond', rate(one, way), rate(other, way));
/** Some measured row of the table says that one of them is better. */
const differs = ({ public: mapping, tunnel }: AdviceFacts): boolean =>
  movesMore(mapping, tunnel, 'down') ||
  movesMore(tunnel, mapping, 'down') ||
  movesMore(mapping, tunnel, 'up') ||
  movesMore(tunnel, mapping, 'up') ||
  (['connectMs', 'firstByteMs', 'totalMs'] as const).some((key) => {
    const [one, other] = [mapping[key]?.p50, tunnel[key]?.p50];
    return one !== undefined && other !== undefined && isTelling('ms', one, other);
  });
const times = (one: number, other: number): { readonly times: number } => ({
  times: Math.round((one / other) * 10) / 10,
});
const percent = (route: MeasuredRoute): { readonly percent: number } => ({
  percent: Math.round(availability(route) * 100),
});

/** What holds is said, in this order: first which routes there are, then what only one can do, then what is better. */
const rules: readonly Rule[] = [
  ['tunnel_for_tcp', ({ isTcp, tunnel }) => isTcp && works(tunnel)],
  ['nothing_works', (facts) => !works(facts.public) && !works(facts.tunnel)],
  ['tunnel_only', (facts) => !facts.isTcp && works(facts.tunnel) && !works(facts.public)],
  ['public_only', (facts) => works(facts.public) && !works(facts.tunnel)],
  [
    'tunnel_for_streams',
    ({ public: mapping, tunnel }) =>
      mapping.stream.kind === 'measured' &&
      mapping.stream.buffered &&
      tunnel.stream.kind === 'measured' &&
      !tunnel.stream.buffered,
  ],
  [
    'tunnel_for_sockets',
    ({ public: mapping, tunnel }) => mapping.socket.kind === 'refused' && tunnel.socket.kind === 'measured',
  ],
  [
    'tunnel_for_long_calls',
    ({ public: mapping, tunnel }) => mapping.long.kind === 'cut' && tunnel.long.kind === 'passed',
    ({ public: mapping }) => ({
      seconds: mapping.long.kind === 'cut' ? Math.round(mapping.long.ms / 1000) : 0,
    }),
  ],
  [
    'tunnel_for_uploads',
    ({ public: mapping, tunnel }) => mapping.body.kind === 'limited' && tunnel.body.kind === 'passed',
    ({ public: mapping }) => ({
      megabytes: mapping.body.kind === 'limited' ? Math.round(mapping.body.bytes / 1e5) / 10 : 0,
    }),
  ],
  [
    'tunnel_is_steadier',
    (facts) => bothWork(facts) && steadier(facts.tunnel, facts.public),
    (facts) => percent(facts.public),
  ],
  [
    'public_is_steadier',
    (facts) => bothWork(facts) && steadier(facts.public, facts.tunnel),
    (facts) => percent(facts.tunnel),
  ],
  [
    'tunnel_is_faster',
    (facts) => bothWork(facts) && faster(facts.tunnel, facts.public),
    (facts) => times(ms(facts.public), ms(facts.tunnel)),
  ],
  [
    'public_is_faster',
    (facts) => bothWork(facts) && faster(facts.public, facts.tunnel),
    (facts) => times(ms(facts.tunnel), ms(facts.public)),
  ],
  ['about_the_same', (facts) => bothWork(facts) && !differs(facts)],
  [
    'tunnel_moves_more',
    (facts) => movesMore(facts.tunnel, facts.public, 'down'),
    (facts) => times(rate(facts.tunnel, 'down'), rate(facts.public, 'down')),
  ],
  [
    'public_moves_more',
    (facts) => movesMore(facts.public, facts.tunnel, 'down'),
    (facts) => times(rate(facts.public, 'down'), rate(facts.tunnel, 'down')),
  ],
  [
    'tunnel_uploads_more',
    (facts) => movesMore(facts.tunnel, facts.public, 'up'),
    (facts) => times(rate(facts.tunnel, 'up'), rate(facts.public, 'up')),
  ],
  [
    'public_uploads_more',
    (facts) => movesMore(facts.public, facts.tunnel, 'up'),
    (facts) => times(rate(facts.public, 'up'), rate(facts.tunnel, 'up')),
  ],
  ['public_for_sharing', (facts) => works(facts.public)],
  ['tunnel_keeps_private', bothWork],
];

/** What a person should do with these numbers, most telling first. Pure. */
export const adviceOf = (facts: AdviceFacts): readonly Advice[] =>
  rules.flatMap(([code, holds, params]) =>
    holds(facts) ? [params === undefined ? { code } : { code, params: params(facts) }] : [],
  );
