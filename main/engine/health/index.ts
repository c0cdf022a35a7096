export { connectTimed } from './connect.ts';
export { withDeadline } from './deadline.ts';
export { type Answer, getOnce, titleOf } from './get-once.ts';
export { createHealth, type Health, type ServiceHealth, type WatchedService } from './health.ts';
export { networkFailure } from './network-failure.ts';
export { type PublicTarget, probePublic } from './probe-public.ts';
export { probeTunnel, type TunnelTarget } from './probe-tunnel.ts';
export { startStopwatch } from './stopwatch.ts';
