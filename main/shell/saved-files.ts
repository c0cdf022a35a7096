import { arch, release } from 'node:os';
import type { RequestAnswer } from '../../shared/contract/requests.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { words } from '../../shared/words/index.ts';
import { type ActivityLog, activityText, reportText } from './activity/index.ts';
import type { Desktop } from './desktop.ts';
import type { EngineHost } from './engine-host.ts';
import type { Logs } from './logs/index.ts';
import type { SavedFiles } from './saving.ts';
import type { Secrets } from './secrets.ts';
import type { ShellPublished } from './shell-state.ts';

const mostEvents = 500;

/** Every kind of file that a person can save, and who makes it. The engine's kinds ask the engine by a request of their own. */
export function createSavedFiles(options: {
  readonly state: ShellPublished;
  readonly desktop: Pick<Desktop, 'engine'>;
  readonly engine: Pick<EngineHost, 'ask'>;
  readonly activity: ActivityLog;
  readonly secrets: Pick<Secrets, 'all'>;
  readonly logs: Pick<Logs, 'end' | 'crashes' | 'faults'>;
}): SavedFiles {
  const { state, desktop, activity, secrets, logs } = options;
  const { ask } = options.engine;
  const textOf = (answer: Result<{ readonly text: string }>): Result<string> =>
    answer.ok ? ok(answer.value.text) : answer;
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
            log: await logs.end(12_000),
            crash: logs.crashes()[0],
            faults: logs.faults(),
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
    log: {
      name: () => said().saved.log,
      ending: 'log',
      label: () => said().dialogs.text,
      produce: async () => ok(await logs.end(4_000_000)),
    },
    recipes: {
      name: () => said().saved.recipes,
      ending: 'json',
      label: () => said().dialogs.json,
      produce: async (signal, id) =>
        textOf(await ask('recipes.share', id === undefined ? {} : { ids: [id] }, signal)),
    },
    speed: {
      name: () => said().saved.speed,
      ending: 'tsv',
      label: () => said().dialogs.text,
      produce: async (signal) => textOf(await ask('llm.exportSpeed', { format: 'table' }, signal)),
    },
    speedJson: {
      name: () => said().saved.speed,
      ending: 'json',
      label: () => said().dialogs.json,
      produce: async (signal) => textOf(await ask('llm.exportSpeed', { format: 'json' }, signal)),
    },
    launchLog: {
      name: () => said().saved.launchLog,
      ending: 'log',
      label: () => said().dialogs.text,
      async produce(signal, id) {
        if (id === undefined) return fail('launch_not_found');
        const saved: Result<RequestAnswer<'launch.saveLog'>> = await ask('launch.saveLog', { id }, signal);
        if (!saved.ok) return saved;
        return ok(saved.value.bytes === 0 ? '' : { file: saved.value.file });
      },
    },
  };
}
