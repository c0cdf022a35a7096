export { gateText, untilDate, untilText } from './gate-text.ts';
export { LaneCell } from './lane-cell.tsx';
export { type LaneView, publicLane, tunnelLane } from './lane-view.ts';
