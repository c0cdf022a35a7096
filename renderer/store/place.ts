import { createStore } from 'zustand/vanilla';

/** Where in the window the person is. */
export type Place =
  | { readonly kind: 'services' }
  | { readonly kind: 'service'; readonly id: string }
  | { readonly kind: 'containers' }
  /** `at` leads on to a part of the page. */
  | { readonly kind: 'container'; readonly id: string; readonly at?: 'mappings' }
  | { readonly kind: 'connections' }
  | { readonly kind: 'compare' }
  /** A service that was started from here, and its log. */
  | { readonly kind: 'launch'; readonly id: string }
  | { readonly kind: 'models'; readonly serviceId?: string }
  | { readonly kind: 'inspector' }
  | { readonly kind: 'activity' }
  | { readonly kind: 'settings' };

interface Places {
  readonly here: Place;
  readonly before: readonly Place[];
  /** The last move was back: a page comes to where it was left. */
  readonly isBack: boolean;
  go(place: Place): void;
  back(): void;
}

/** Deeper than anybody goes back. */
const mostKept = 50;

export const places = createStore<Places>((set) => ({
  here: { kind: 'services' },
  before: [],
  isBack: false,
  go: (place) =>
    set(({ here, before }) => ({ here: place, before: [...before, here].slice(-mostKept), isBack: false })),
  back: () =>
    set(({ before }) => ({
      here: before.at(-1) ?? { kind: 'services' },
      before: before.slice(0, -1),
      isBack: true,
    })),
}));

/** How far each place was scrolled when it was left, in CSS pixels. */
const scrolled = new Map<string, number>();
const keyOf = (place: Place): string => JSON.stringify(place);

export function keepScroll(place: Place, top: number): void {
  scrolled.delete(keyOf(place));
  scrolled.set(keyOf(place), top);
  // The oldest goes first: a Map keeps the order in which they came.
  if (scrolled.size > mostKept) scrolled.delete(scrolled.keys().next().value ?? '');
}

export const keptScroll = (place: Place): number => scrolled.get(keyOf(place)) ?? 0;
