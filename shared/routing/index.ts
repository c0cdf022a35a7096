export { decideAgainAt, decideRoute, type RouteDecision } from './decide.ts';
export { headerPresets, nextChoice, presetOf, rulesOf } from './header-presets.ts';
