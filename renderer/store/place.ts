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
  go(place: Place): void;
  back(): void;
}

/** Deeper than anybody goes back. */
const mostKept = 50;

export const places = createStore<Places>((set) => ({
  here: { kind: 'services' },
  before: [],
  go: (place) => set(({ here, before }) => ({ here: place, before: [...before, here].slice(-mostKept) })),
  back: () =>
    set(({ before }) => ({ here: before.at(-1) ?? { kind: 'services' }, before: before.slice(0, -1) })),
}));
