import { useMemo } from 'react';
import type { Place } from '../../store/place.ts';
import { keysText } from '../../store/shortcuts.ts';
import { useWords } from '../../words/use-words.ts';

/** One of the places of the sidebar. */
export interface PlaceEntry {
  readonly place: Place;
  readonly text: string;
  /** The key that leads there, with the system's modifier. */
  readonly key: string;
  readonly keys: string;
}

/** The places in the order of the sidebar. */
export function usePlaces(): readonly PlaceEntry[] {
  const { texts } = useWords();
  return useMemo(() => {
    // The keys are those of the menu.
    const entries: readonly (readonly [Place, string, string])[] = [
      [{ kind: 'services' }, texts.places.services, '1'],
      [{ kind: 'containers' }, texts.places.containers, '2'],
      [{ kind: 'connections' }, texts.connections.title, '3'],
      [{ kind: 'models' }, texts.models.title, '4'],
      [{ kind: 'compare' }, texts.places.compare, '5'],
      [{ kind: 'inspector' }, texts.places.inspector, '6'],
      [{ kind: 'activity' }, texts.desktop.activity.title, '7'],
      [{ kind: 'settings' }, texts.places.settings, ','],
    ];
    return entries.map(([place, text, key]) => ({ place, text, key, keys: keysText(key) }));
  }, [texts]);
}
