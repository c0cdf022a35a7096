export { createSurvival, usualSurvivalMs } from './survival.ts';
