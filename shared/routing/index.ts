export { calmMs, decideRoute, type RouteDecision } from './decide.ts';
