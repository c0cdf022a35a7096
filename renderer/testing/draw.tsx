import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { createStore } from 'zustand/vanilla';
import { type EngineState, initialEngineState, type ShellState } from '../../shared/contract/state.ts';
import { settingsSchema } from '../../shared/model/settings.ts';
import { type Gearway, GearwayProvider } from '../store/context.ts';

const shellState: ShellState = {
  engine: { kind: 'running', restarts: 0 },
  settings: settingsSchema.parse({}),
  changedSettings: [],
  secrets: 'keychain',
  language: 'en',
  version: '1.0.0',
  remembersAccount: false,
  notices: [],
  programs: [],
  activity: 0,
};

/** The markup of a part of the window over states that differ so from those of the start; nothing is asked or heard. */
export function draw(
  part: ReactNode,
  {
    engine = {},
    shell = {},
  }: { readonly engine?: Partial<EngineState>; readonly shell?: Partial<ShellState> } = {},
): string {
  const state = { engine: { ...initialEngineState, ...engine }, shell: { ...shellState, ...shell } };
  const gearway = { client: {}, mirror: createStore(() => state) } as unknown as Gearway;
  return renderToStaticMarkup(<GearwayProvider value={gearway}>{part}</GearwayProvider>);
}

/** What a person reads of it: no elements, and every name that is only heard. */
export const textOf = (markup: string): string =>
  markup
    .replaceAll(/<[^>]*?aria-label="([^"]*)"[^>]*>/g, ' $1 ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
