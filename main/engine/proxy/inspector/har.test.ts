import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../shared/model/exchange.ts';
import { toHar } from './har.ts';

const exchange = (part: Partial<Exchange> = {}): Exchange => ({
  id: '1',
  serviceId: 'a:1',
  revision: 1,
  startedAt: 1_000,
  kind: 'http',
  method: 'GET',
  path: '/a?b=c%20d',
  url: 'http://web.localhost:7700/a?b=c%20d',
  state: 'done',
  status: 200,
  route: 'tunnel',
  sentAgain: false,
  bytesUp: 3,
  bytesDown: 5,
  timing: { queueMs: 1, connectMs: 2, firstByteMs: 10, totalMs: 40 },
  requestHeaders: [],
  responseHeaders: [],
  redacted: false,
  withheld: false,
  ...part,
});
const entries = (...exchanges: readonly Exchange[]) => JSON.parse(toHar(exchanges, '0.1.0')).log.entries;

describe('an export of requests', () => {
  it('splits the time as HAR wants it, so that its parts make the whole', () => {
    const [{ time, timings }] = entries(exchange());
    expect(timings).toMatchObject({
      blocked: 1,
      connect: 2,
      send: 0,
      wait: 10,
      receive: 27,
      dns: -1,
      ssl: -1,
    });
    expect(time).toBe(40);
  });

  it('has no negative time where an exchange broke off early', () => {
    const [{ time, timings }] = entries(exchange({ timing: { firstByteMs: 10, totalMs: 8 } }));
    expect([time, timings.receive, timings.blocked, timings.connect]).toEqual([10, 0, -1, -1]);
  });

  it('has the oldest first, with version and maker', () => {
    const both = [exchange({ id: '2', startedAt: 2_000 }), exchange()];
    expect(entries(...both).map((entry: { startedDateTime: string }) => entry.startedDateTime)).toEqual([
      '1970-01-01T00:00:01.000Z',
      '1970-01-01T00:00:02.000Z',
    ]);
    expect(JSON.parse(toHar([], '0.1.0')).log).toEqual({
      version: '1.2',
      creator: { name: 'Gearway', version: '0.1.0' },
      entries: [],
    });
  });

  it('tells query, bodies, and where an answer leads', () => {
    const [entry] = entries(
      exchange({
        requestHeaders: [['Content-Type', 'text/plain']],
        requestBody: { text: 'YWJj', encoding: 'base64', truncated: false } as Exchange['requestBody'],
        responseHeaders: [['LOCATION', '/next']],
        responseBody: { text: 'abcde', truncated: false } as Exchange['responseBody'],
      }),
    );
    expect(entry.request).toMatchObject({
      queryString: [{ name: 'b', value: 'c d' }],
      postData: { mimeType: 'text/plain', text: 'YWJj', _encoding: 'base64' },
      bodySize: 3,
    });
    expect(entry.response).toMatchObject({
      redirectURL: '/next',
      content: { size: 5, mimeType: 'x-unknown', text: 'abcde' },
    });
    expect(entry).toMatchObject({ _route: 'tunnel', _kind: 'http', _state: 'done' });
  });
});
