import { describe, expect, it } from 'vitest';
import type { ComparisonRecord } from '../model/comparison-record.ts';
import { makeRoute } from './make-route.ts';
import { comparisonReport, comparisonValue } from './report.ts';

const record = (ms: number): ComparisonRecord => ({
  id: '1',
  serviceId: 'job:7860',
  serviceName: 'web',
  kindName: 'Gradio 6.25',
  at: Date.UTC(2026, 10, 24),
  advice: [{ code: 'tunnel_is_faster', params: { times: 8 } }, { code: 'public_for_sharing' }],
  measured: {
    startedAt: 0,
    tookMs: 1,
    bytes: 1,
    work: 'offered',
    public: makeRoute(ms, { long: { kind: 'cut', ms: 60_000 } }),
    tunnel: makeRoute(10, { down: { kind: 'measured', bytes: 1, ms: 1, bytesPerSecond: 3_400_000 } }),
  },
});

describe('a value', () => {
  it.each([
    [84.123, 'ms', '84.1 ms'],
    [1_234, 'ms', '1.23 s'],
    [3_400_000, 'bytesPerSecond', '3.4 MB/s'],
    [900, 'bytes', '900 B'],
    [0.983, 'share', '98.3%'],
  ] as const)('of %d %s is written %s', (value, unit, text) => {
    expect(comparisonValue(value, unit)).toBe(text);
  });
});

describe('the report of a comparison', () => {
  it('has both columns, the advice and what changed, in either language', () => {
    const report = comparisonReport(record(80), 'en', record(200));
    expect(report).toContain('# web (Gradio 6.25)');
    expect(report).toContain('| First byte in all | 80 ms | 10 ms | Tunnel 8× |');
    expect(report).toContain('| Slow answer | cut at 60 s | (nothing to measure with) |  |');
    expect(report).toContain('- The tunnel is 8× as fast to the first byte.');
    expect(report).toContain('- Public, First byte in all: 80 ms, better than before: 200 ms');
    expect(comparisonReport(record(80), 'zh-CN')).toContain('| 首字节总时间 | 80 ms | 10 ms | 隧道 8 倍 |');
  });

  it('is not broken by a name', () => {
    expect(comparisonReport({ ...record(1), serviceName: 'a|b' }, 'en').split('\n')[0]).toBe(
      '# a|b (Gradio 6.25)',
    );
  });
});
