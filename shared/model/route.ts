export const routeChoices = ['auto', 'public', 'tunnel'] as const;
export type RouteChoice = (typeof routeChoices)[number];
export type Route = Exclude<RouteChoice, 'auto'>;

/** Why `auto` goes where it goes, or that the person chose. */
export const routeReasons = [
  'chosen',
  'not_asked_yet',
  'public_healthy',
  'public_faster',
  'tunnel_healthy',
  'public_absent',
  'public_down',
  'public_timeout',
  'public_not_found',
  'public_bad_gateway',
  'tunnel_down',
  'none_healthy',
] as const;
export type RouteReason = (typeof routeReasons)[number];
