export { calmMs, decideAgainAt, decideRoute, type RouteDecision } from './decide.ts';
export { type HeaderPreset, headerPresets, presetOf, rulesOf } from './header-presets.ts';
