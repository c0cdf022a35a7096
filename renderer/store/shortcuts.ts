import { useEffect } from 'react';

/** A key together with the system's own modifier: ⌘ on macOS, Ctrl elsewhere. */
export interface Shortcut {
  readonly key: string;
  readonly run: () => void;
}

const isMac = navigator.platform.startsWith('Mac');

/** As it is written on the keys: "⌘K", "Ctrl+K". */
export const keysText = (key: string): string =>
  isMac ? `⌘${key.toUpperCase()}` : `Ctrl+${key.toUpperCase()}`;

/** The same for `aria-keyshortcuts`. */
export const keysSpoken = (key: string): string => `${isMac ? 'Meta' : 'Control'}+${key.toUpperCase()}`;

/** Listens in the whole window while the component is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const hasModifier = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (!hasModifier || event.altKey || event.shiftKey) return;
      const wanted = shortcuts.find(({ key }) => key === event.key.toLowerCase());
      if (wanted === undefined) return;
      event.preventDefault();
      wanted.run();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [shortcuts]);
}
