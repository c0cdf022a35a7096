export { createAllowance } from './allowance.ts';
export { compare } from './compare.ts';
export { compareService, measureService } from './compare-service.ts';
export { createLabDesk, type LabDesk, type OnProgress } from './desk.ts';
export { createHistory, historySchema, type LabHistory } from './history.ts';
export { type LabLimits, runLab } from './lab.ts';
export { createLabHandlers } from './lab-handlers.ts';
export { createLatestLabs, type LatestLabs } from './latest-labs.ts';
