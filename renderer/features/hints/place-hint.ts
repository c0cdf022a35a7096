/** A rectangle in the window, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Between a hint and what it belongs to, and at least to the window's edge, in CSS pixels. */
const gap = 6;
const edge = 8;

/**
 * Where a hint stands: under what it belongs to, or beside it, where things stand in a column; on the other side where
 * there is no place; never beyond the window's edge, never over what it belongs to unless nothing else is left. Pure.
 */
export function placeHint(
  about: Box,
  hint: Size,
  room: Size,
  side: 'below' | 'beside',
): { readonly left: number; readonly top: number } {
  const within = (wanted: number, size: number, all: number) =>
    Math.max(edge, Math.min(wanted, all - size - edge));
  const after = (start: number, length: number, size: number, all: number) => {
    const next = start + length + gap;
    const before = start - gap - size;
    return next + size + edge <= all || before < edge ? next : before;
  };
  const middle = (start: number, length: number, size: number) => start + (length - size) / 2;
  const wanted =
    side === 'below'
      ? {
          left: middle(about.left, about.width, hint.width),
          top: after(about.top, about.height, hint.height, room.height),
        }
      : {
          left: after(about.left, about.width, hint.width, room.width),
          top: middle(about.top, about.height, hint.height),
        };
  return {
    left: Math.round(within(wanted.left, hint.width, room.width)),
    top: Math.round(within(wanted.top, hint.height, room.height)),
  };
}
