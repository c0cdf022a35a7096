import { describe, expect, it } from 'vitest';
import type { RouteHealth } from '../../../shared/model/service.ts';
import { down, makeFacts, up } from '../../testing/make.ts';
import { wordsIn } from '../../words/use-words.ts';
import { laneFacts } from './lane-facts.ts';

const now = Date.UTC(2026, 10, 25, 12);
const minute = 60_000;
const withTls = (days: number, fault?: string): RouteHealth => ({
  state: 'up',
  verifiedAt: now,
  facts: makeFacts({
    tls: { issuer: 'Example CA', validTo: now + days * 86_400_000 + minute, ...(fault && { fault }) },
  }),
  recentMs: [],
});

describe('what else is known of a lane', () => {
  it.each<[string, RouteHealth, readonly string[]]>([
    ['nothing before it was asked', { state: 'unknown' }, []],
    ['how long it has worked', { ...up, since: now - 5 * minute } as RouteHealth, ['Unchanged for 5 min']],
    [
      'since when it is down, and that it never answered',
      { ...down, since: now - minute } as RouteHealth,
      ['Unchanged for 1 min', 'never answered'],
    ],
    [
      'when it last answered',
      { ...down, since: now - minute, lastUpAt: now - 2 * minute } as RouteHealth,
      ['Unchanged for 1 min', 'Last answered 2 min ago'],
    ],
    [
      'whose certificate it shows',
      withTls(80),
      ['Certificate of Example CA, 80 days left', 'valid until Feb 13, 2027'],
    ],
    [
      'that its certificate ends soon and is not trusted',
      withTls(3, 'CERT_HAS_EXPIRED'),
      [
        'Certificate of Example CA ends in 3 days',
        'valid until Nov 28, 2026',
        'Not trusted: CERT_HAS_EXPIRED',
      ],
    ],
  ])('says %s', (_name, health, expected) => {
    expect(laneFacts(health, wordsIn('en'), now)).toEqual(expected);
  });
});
