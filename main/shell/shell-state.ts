import type { Change, ShellState, Snapshot } from '../../shared/contract/state.ts';
import type { FileNotice, SecretTier, Settings } from '../../shared/model/settings.ts';
import { changedSettings } from './settings/index.ts';

/** What the shell publishes to the window. Only the shell writes it. */
export interface ShellPublished {
  read(): ShellState;
  set(part: Partial<Pick<ShellState, 'engine' | 'settings' | 'notices' | 'activity' | 'programs'>>): void;
  snapshot(): Snapshot<'shell'>;
}

export function createShellState(options: {
  readonly settings: Settings;
  readonly secrets: SecretTier;
  /** BCP 47 tag of the system's language. */
  readonly systemLanguage: string;
  readonly version: string;
  readonly remembersAccount: boolean;
  readonly notices: readonly FileNotice[];
  readonly notify: (change: Change<'shell'>) => void;
}): ShellPublished {
  const epoch = 'shell';
  let revision = 0;
  let state: ShellState = {
    engine: { kind: 'starting', restarts: 0 },
    settings: options.settings,
    changedSettings: changedSettings(options.settings),
    secrets: options.secrets,
    language: languageOf(options.settings, options.systemLanguage),
    version: options.version,
    remembersAccount: options.remembersAccount,
    notices: options.notices,
    programs: [],
    activity: 0,
  };
  return {
    read: () => state,
    set(part) {
      const set = {
        ...part,
        ...(part.settings === undefined
          ? {}
          : {
              language: languageOf(part.settings, options.systemLanguage),
              changedSettings: changedSettings(part.settings),
            }),
      };
      state = { ...state, ...set };
      revision += 1;
      options.notify({ side: 'shell', epoch, revision, set });
    },
    snapshot: () => ({ side: 'shell', epoch, revision, state }),
  };
}

/** Chinese for every Chinese system, whatever its script or region; English for all others. */
function languageOf(settings: Settings, systemLanguage: string): ShellState['language'] {
  if (settings.language !== 'system') return settings.language;
  return systemLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
