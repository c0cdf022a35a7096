export { chooseAddress } from './address.ts';
export { type Board, createBoard, proxied, type ReachableService } from './board.ts';
export { serviceName } from './directory.ts';
export { withTunnelSteps } from './tunnel-steps.ts';
