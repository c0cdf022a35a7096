import { writeFile } from 'node:fs/promises';
import type { Handlers, RequestInput, ShellRequestName } from '../../shared/contract/requests.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ActivityLog } from './activity/index.ts';
import type { Transfer } from './backup/index.ts';
import { comparisonFile } from './comparison-file.ts';
import type { EngineHost } from './engine-host.ts';
import type { FileDialogs } from './file-dialogs.ts';
import type { Logs } from './logs/index.ts';
import type { OpenIn } from './open-in/index.ts';
import { type SavedFiles, saveFile } from './saving.ts';
import type { SettingsControl } from './settings/index.ts';
import type { ShellPublished } from './shell-state.ts';

/** The pages that the window may name: it never hands over an address of its own. */
const pages = {
  openbayes_token: 'https://openbayes.com/console',
  hyperai_token: 'https://app.hyper.ai/console',
  real_name: 'https://openbayes.com/console',
} as const;

/** As much of the log as somebody looks through. */
const mostLogCharacters = 60_000;

/** What the shell does for the window. */
export function createShellHandlers(options: {
  readonly state: ShellPublished;
  readonly settings: SettingsControl;
  readonly transfer: Transfer;
  readonly activity: ActivityLog;
  readonly saved: SavedFiles;
  readonly dialogs: FileDialogs;
  readonly engine: EngineHost;
  /** The address of a service that a browser may be sent to. */
  readonly addressOf: (
    which: RequestInput<'shell.open'>,
    signal: AbortSignal,
  ) => Promise<Result<{ url: string }>>;
  readonly openInBrowser: (url: URL) => Promise<void>;
  readonly openIn: OpenIn['open'];
  /** Asks where to save a HAR file; `undefined` when the person chose none. */
  readonly askWhereToSaveHar: () => Promise<string | undefined>;
  readonly version: string;
  readonly logs: Pick<Logs, 'end' | 'file' | 'folder' | 'crashes'>;
  readonly openFolder: (folder: string) => Promise<string>;
}): Handlers<ShellRequestName, AbortSignal> {
  return {
    'shell.state': () => ok(options.state.snapshot()),
    async 'shell.open'(input, signal) {
      const address = await options.addressOf(input, signal);
      if (!address.ok) return address;
      try {
        await options.openInBrowser(new URL(address.value.url));
        return address;
      } catch {
        return fail('browser_not_opened');
      }
    },
    'shell.openIn': (order, signal) => options.openIn(order, signal),
    async 'shell.exportHar'(filter, signal) {
      const file = await options.askWhereToSaveHar();
      if (file === undefined) return fail('cancelled');
      const har = await options.engine.ask('inspector.har', { ...filter, version: options.version }, signal);
      if (!har.ok) return har;
      try {
        await writeFile(file, har.value.text, { mode: 0o600 });
        return ok({ file });
      } catch {
        return fail('file_not_written', { params: { file } });
      }
    },
    async 'shell.openPage'(input) {
      await options.openInBrowser(new URL(pages[input.page]));
      return ok(null);
    },
    'shell.settings': (part) => options.settings.change(part),
    'shell.resetSettings': ({ names }) => options.settings.reset(names),
    'shell.mark': ({ serviceId, marked }) => options.settings.mark(serviceId, marked),
    'shell.log': async () =>
      ok({
        text: await options.logs.end(mostLogCharacters),
        file: options.logs.file,
        crashes: options.logs.crashes().length,
      }),
    async 'shell.showLogs'() {
      // Electron answers an empty text where it went well.
      const failure = await options.openFolder(options.logs.folder);
      return failure === '' ? ok(null) : fail('not_openable', { detail: failure });
    },
    'shell.dismissNotices'() {
      options.state.set({ notices: [] });
      return ok(null);
    },
    'shell.activity': ({ before, limit, ...filter }) =>
      ok({ events: options.activity.list({ before, limit, filter }) }),
    'shell.clearActivity'() {
      options.activity.clear();
      return ok(null);
    },
    'shell.save': ({ kind, subject }, signal) =>
      saveFile(options.saved[kind], options.dialogs.save, signal, subject),
    'shell.saveComparison': (order, signal) =>
      saveFile(
        comparisonFile(order, {
          language: options.state.read().language,
          ask: (input, stop) => options.engine.ask('comparison.export', input, stop),
        }),
        options.dialogs.save,
        signal,
      ),
    'shell.export': ({ passphrase }) => options.transfer.exportAll(passphrase),
    'shell.chooseImport': () => options.transfer.choose(),
    'shell.import': ({ importId, passphrase }) => options.transfer.importChosen(importId, passphrase),
  };
}
