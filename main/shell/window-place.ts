import { z } from 'zod';
import type { Format } from './files/index.ts';

const boundsSchema = z.strictObject({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
type Bounds = z.infer<typeof boundsSchema>;

const windowPlaceSchema = z.strictObject({
  /** Of the window when it is neither maximised nor on the full screen, in DIP. */
  bounds: boundsSchema.optional(),
  maximised: z.boolean().default(false),
  fullScreen: z.boolean().default(false),
});
/** Where the window stood when it was last seen. */
export type WindowPlace = z.infer<typeof windowPlaceSchema>;
export const windowFormat: Format<WindowPlace> = { schema: windowPlaceSchema, migrations: [] };

const usualSize = { width: 1280, height: 800 } as const;
export const leastSize = { width: 480, height: 480 } as const;

/** So much of the title bar must be on a screen that a hand can take it, in DIP. */
const grip = { width: 120, height: 24 } as const;

/**
 * The bounds to open with: the old ones while a person can reach the window there, cut to the screen it stands on;
 * otherwise only a size, and the system chooses the place. A screen may be gone since, or smaller.
 */
export function placeOn(
  screens: readonly Bounds[],
  bounds: Bounds | undefined,
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const largest = screens.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a), {
    x: 0,
    y: 0,
    ...usualSize,
  });
  if (bounds === undefined) return usualSize;
  const home = screens.find(
    (screen) =>
      overlap(bounds.x, bounds.width, screen.x, screen.width) >= grip.width &&
      bounds.y >= screen.y &&
      bounds.y + grip.height <= screen.y + screen.height,
  );
  const room = home ?? largest;
  const size = {
    width: clamp(bounds.width, leastSize.width, room.width),
    height: clamp(bounds.height, leastSize.height, room.height),
  };
  return home === undefined ? size : { ...size, x: bounds.x, y: bounds.y };
}

const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, Math.max(least, most)));
const overlap = (a: number, aLength: number, b: number, bLength: number): number =>
  Math.min(a + aLength, b + bLength) - Math.max(a, b);
