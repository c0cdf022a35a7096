import { arch, release } from 'node:os';
import { ok } from '../../shared/result.ts';
import { words } from '../../shared/words/index.ts';
import { type ActivityLog, activityText, reportText } from './activity/index.ts';
import type { Desktop } from './desktop.ts';
import type { SavedFiles } from './saving.ts';
import type { Secrets } from './secrets.ts';
import type { ShellPublished } from './shell-state.ts';

const mostEvents = 500;

/** Every kind of file that a person can save, and who makes it. The engine's kinds ask the engine by a request of their own. */
export function createSavedFiles(options: {
  readonly state: ShellPublished;
  readonly desktop: Pick<Desktop, 'engine'>;
  readonly activity: ActivityLog;
  readonly secrets: Pick<Secrets, 'all'>;
}): SavedFiles {
  const { state, desktop, activity, secrets } = options;
  const said = () => words[state.read().language].desktop;
  return {
    activity: {
      name: () => said().saved.activity,
      ending: 'txt',
      label: () => said().dialogs.text,
      produce: async () => ok(activityText(activity.list({ limit: mostEvents }), state.read().language)),
    },
    report: {
      name: () => said().saved.report,
      ending: 'txt',
      label: () => said().dialogs.text,
      produce: async () =>
        ok(
          reportText({
            now: Date.now(),
            shell: state.read(),
            engine: desktop.engine(),
            events: activity.list({ limit: mostEvents }),
            system: {
              system: `${process.platform} ${release()} ${arch()}`,
              Electron: process.versions.electron ?? '',
              Chromium: process.versions.chrome ?? '',
              Node: process.versions.node,
            },
            secrets: Object.values(secrets.all()),
          }),
        ),
    },
  };
}
