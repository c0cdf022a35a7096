export { type Board, createBoard, proxied, type ReachableService } from './board.ts';
export { createServiceHandlers } from './handlers.ts';
export { createKnownServices } from './known-services.ts';
export { withTunnelSteps } from './tunnel-steps.ts';
