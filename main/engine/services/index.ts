export { type Board, createBoard, proxied, type ReachableService } from './board.ts';
export { serviceName } from './directory.ts';
export { createLooks, type Looks } from './looks.ts';
export { withTunnelSteps } from './tunnel-steps.ts';
