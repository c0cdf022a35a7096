export { decideAgainAt, decideRoute, type RouteDecision } from './decide.ts';
export { headerPresets, presetOf, rulesOf } from './header-presets.ts';
