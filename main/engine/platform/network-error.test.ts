import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/errors.ts';
import { readNetworkError } from './network-error.ts';

/** As `fetch` throws it: the reason stands in the cause. */
const thrown = (code: string) =>
  Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });

describe('why there was no answer', () => {
  it.each<[string, ErrorCode, boolean]>([
    ['ENOTFOUND', 'name_unresolved', false],
    ['EAI_AGAIN', 'name_unresolved', false],
    // The clock of this machine, most often: the certificate is valid at another time.
    ['CERT_NOT_YET_VALID', 'clock_wrong', false],
    ['CERT_HAS_EXPIRED', 'clock_wrong', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_failed', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_failed', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failed', false],
    ['EPROTO', 'tls_failed', false],
    ['ECONNREFUSED', 'origin_unreachable', false],
    ['ENETUNREACH', 'origin_unreachable', false],
    ['UND_ERR_CONNECT_TIMEOUT', 'origin_unreachable', false],
    // From here on an order may have arrived.
    ['ECONNRESET', 'origin_unreachable', true],
    ['UND_ERR_SOCKET', 'origin_unreachable', true],
    ['EPIPE', 'origin_unreachable', true],
  ])('%s is %s; may have been sent: %j', (code, wanted, sent) => {
    expect(readNetworkError(thrown(code), 'console.example')).toEqual({
      error: { code: wanted, params: { host: 'console.example' }, detail: code },
      sent,
    });
  });

  it('is looked for behind a group of addresses, and not for ever', () => {
    const group = Object.assign(new TypeError('fetch failed'), {
      cause: new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]),
    });
    expect(readNetworkError(group, 'h').error.detail).toBe('ECONNREFUSED');
    const round: Error & { cause?: unknown } = new Error('round');
    round.cause = round;
    expect(readNetworkError(round, 'h')).toMatchObject({ error: { code: 'origin_unreachable' }, sent: true });
    expect(readNetworkError('a text', 'h').error.code).toBe('origin_unreachable');
  });
});
