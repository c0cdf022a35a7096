import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { EngineState, ShellState } from '../../shared/contract/state.ts';
import { dialogs, type OpenDialog } from './dialogs.ts';
import type { Client } from './gearway.ts';
import type { Mirror } from './mirror.ts';
import { type Place, places } from './place.ts';

/** What every component may reach. Made once, in `main.tsx`. */
export interface Gearway {
  readonly client: Client;
  readonly mirror: Mirror;
}

const GearwayContext = createContext<Gearway | undefined>(undefined);
export const GearwayProvider = GearwayContext.Provider;

function useGearway(): Gearway {
  const gearway = useContext(GearwayContext);
  if (gearway === undefined) throw new Error('No GearwayProvider around this component.');
  return gearway;
}

export const useMirror = (): Mirror => useGearway().mirror;

export const useClient = (): Client => useGearway().client;

/** A part of the engine's state. Inside the frame, which shows nothing before the state is there. */
export function useEngine<T>(select: (state: EngineState) => T): T {
  return useStore(useGearway().mirror, ({ engine }) => {
    if (engine === undefined) throw new Error('The engine’s state is not there yet.');
    return select(engine);
  });
}

export function useShell<T>(select: (state: ShellState) => T): T {
  return useStore(useGearway().mirror, ({ shell }) => {
    if (shell === undefined) throw new Error('The shell’s state is not there yet.');
    return select(shell);
  });
}

/** Are both states there? */
export const useIsLoaded = (): boolean =>
  useStore(useGearway().mirror, ({ engine, shell }) => engine !== undefined && shell !== undefined);

export const usePlace = (): Place => useStore(places, ({ here }) => here);
export const { go, back } = places.getState();

export const useOpenDialog = (): OpenDialog => useStore(dialogs, ({ open }) => open);
export const { show } = dialogs.getState();
