import { makeRoute } from '../../shared/comparison/make-route.ts';
import type { ComparisonRecord } from '../../shared/model/comparison-record.ts';

/** A comparison in which the tunnel is seven times as fast; name what differs. */
export const makeRecord = (part: Partial<ComparisonRecord> = {}): ComparisonRecord => ({
  id: 'record-1',
  serviceId: 'abcdefghijkl:7860',
  serviceName: 'web',
  kindName: 'Gradio 6.25',
  at: Date.UTC(2026, 10, 24),
  advice: [{ code: 'tunnel_is_faster', params: { times: 7 } }, { code: 'public_for_sharing' }],
  measured: {
    startedAt: 0,
    tookMs: 20_000,
    bytes: 4_000_000,
    work: 'offered',
    public: makeRoute(84, { long: { kind: 'cut', ms: 60_000 } }),
    tunnel: makeRoute(12, { down: { kind: 'measured', bytes: 1, ms: 1, bytesPerSecond: 3_400_000 } }),
  },
  ...part,
});
