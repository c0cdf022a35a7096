export { chooseAddress } from './address.ts';
export { type Board, createBoard, proxied, type ReachableService } from './board.ts';
export { compareService, measureService } from './compare-service.ts';
export { serviceName } from './directory.ts';
export { createLabHandlers } from './lab-handlers.ts';
export { createLooks, type Looks } from './looks.ts';
export { withTunnelSteps } from './tunnel-steps.ts';
