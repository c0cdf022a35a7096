/** The places of the window that a menu can lead to. */
export const placeNames = [
  'services',
  'containers',
  'connections',
  'models',
  'compare',
  'inspector',
  'activity',
  'settings',
] as const;
export type PlaceName = (typeof placeNames)[number];

/**
 * What menus, the tray, notifications and links ask of the window. They change nothing by themselves: they lead to a
 * place where the person acts. Those that come before the window can hear are kept until it says that it is ready.
 */
export type WindowCommand =
  | { readonly kind: 'go'; readonly place: PlaceName }
  | { readonly kind: 'service'; readonly serviceId: string }
  | { readonly kind: 'palette' }
  | { readonly kind: 'export' }
  | { readonly kind: 'import' }
  /** From a link that the person allowed: the form, filled in, for them to read and send. */
  | { readonly kind: 'addConnection'; readonly connection: LinkedConnection };

export interface LinkedConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly name?: string;
}
