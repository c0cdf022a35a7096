import type { Comparison } from '../../../shared/model/comparison.ts';
import type { Route } from '../../../shared/model/service.ts';

export type Faster =
  | { readonly kind: 'same' }
  | { readonly kind: 'faster'; readonly route: Route; readonly times: string };

/** Below this ratio the difference is noise. */
const noise = 1.2;

/** Which route brings the first byte sooner, and by how much; `undefined` unless both were reached. Pure. */
export function fasterRoute({ public: mapping, tunnel }: Comparison): Faster | undefined {
  if (mapping.kind !== 'reached' || tunnel.kind !== 'reached') return undefined;
  const [a, b] = [Math.max(mapping.firstByteMs, 0.01), Math.max(tunnel.firstByteMs, 0.01)];
  const times = Math.max(a, b) / Math.min(a, b);
  if (times < noise) return { kind: 'same' };
  return {
    kind: 'faster',
    route: a < b ? 'public' : 'tunnel',
    times: times < 10 ? times.toFixed(1) : String(Math.round(times)),
  };
}
