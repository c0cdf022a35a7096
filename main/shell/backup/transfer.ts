import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportSummary } from '../../../shared/model/backup.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { type OwnFile, writeAtomically } from '../files/index.ts';
import type { SettingsControl } from '../settings/index.ts';
import { mostBackupCharacters, type ReadBackup, readBackup, summarise, writeBackup } from './backup.ts';
import { type ClearSecrets, type Stretch, unseal } from './seal.ts';
import { tameMemory } from './tame-memory.ts';

/** Export and import of everything that Gearway keeps. */
export interface Transfer {
  /** `passphrase_short`, `cancelled`, `file_not_written`. */
  exportAll(passphrase: string | undefined): Promise<Result<{ readonly file: string }>>;
  /** `cancelled`, `file_not_read`, `import_not_ours`, `import_newer`. */
  choose(): Promise<Result<ImportSummary>>;
  /** `import_gone`, `passphrase_wrong`, `login_item_refused`: nothing changed then. */
  importChosen(importId: string, passphrase: string | undefined): Promise<Result<null>>;
}

export function createTransfer(options: {
  readonly settings: OwnFile<Settings>;
  readonly settingsControl: SettingsControl;
  readonly memory: OwnFile<Memory>;
  readonly secrets: { all(): ClearSecrets; replace(secrets: ClearSecrets): void };
  /** Asks the person; `undefined` when they chose none. */
  readonly askWhereToSave: () => Promise<string | undefined>;
  readonly askWhatToOpen: () => Promise<string | undefined>;
  /** Ends the engine, calls `between`, and starts it again with what memory holds then. */
  readonly replaceEngine: (between: () => void) => Promise<void>;
  readonly version: string;
  readonly now: () => number;
  /** Another way from a passphrase to a key; tests pass a quick one. */
  readonly stretch?: Stretch;
}): Transfer {
  let chosen: (ReadBackup & { readonly importId: string }) | undefined;
  let count = 0;

  return {
    async exportAll(passphrase) {
      const text = await writeBackup({
        settings: options.settings.read(),
        memory: options.memory.read(),
        secrets: passphrase === undefined ? {} : withoutAuthority(options.secrets.all()),
        passphrase,
        version: options.version,
        now: options.now(),
        stretch: options.stretch,
      });
      if (!text.ok) return text;
      const path = await options.askWhereToSave();
      if (path === undefined) return fail('cancelled');
      const file = basename(path);
      try {
        await writeAtomically(path, text.value);
        return ok({ file });
      } catch (error) {
        return fail('file_not_written', { params: { file }, detail: codeOf(error) });
      }
    },

    async choose() {
      const path = await options.askWhatToOpen();
      if (path === undefined) return fail('cancelled');
      const file = basename(path);
      let text: string;
      try {
        const { size } = await stat(path);
        if (size > mostBackupCharacters) return fail('import_not_ours', { params: { file } });
        text = await readFile(path, 'utf8');
      } catch (error) {
        return fail('file_not_read', { params: { file }, detail: codeOf(error) });
      }
      const read = readBackup(text);
      if (!read.ok) return fail(read.error.code, { params: { file } });
      count += 1;
      const importId = String(count);
      chosen = { ...read.value, importId };
      return ok(summarise(read.value, { present: options.settings.read(), importId, file }));
    },

    async importChosen(importId, passphrase) {
      if (chosen === undefined || chosen.importId !== importId) return fail('import_gone');
      const { sealed, settings, memory } = chosen;
      const opened =
        sealed === undefined || passphrase === undefined
          ? ok({})
          : await unseal(sealed, passphrase, options.stretch);
      if (!opened.ok) return opened;
      chosen = undefined;
      options.settings.putAside('before-import');
      const taken = options.settingsControl.replace(settings);
      if (!taken.ok) return taken;
      await options.replaceEngine(() => {
        options.memory.putAside('before-import');
        options.memory.write(tameMemory(memory, options.memory.read()));
        // Old secrets go even when none come: a foreign memory may name an old secret and another address for it.
        const { [authorityKeyId]: ours } = options.secrets.all();
        options.secrets.replace({
          ...withoutAuthority(opened.value),
          ...(ours === undefined ? {} : { [authorityKeyId]: ours }),
        });
      });
      return ok(null);
    },
  };
}

/** What signs certificates for local names stays on the computer that made it. */
const authorityKeyId = 'authority';

function withoutAuthority(secrets: ClearSecrets): ClearSecrets {
  const { [authorityKeyId]: _, ...others } = secrets;
  return others;
}

/** `ENOSPC`, `EACCES`: what the system says, without the path. */
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException)?.code;
