import Store from 'electron-store';
import { z } from 'zod';
import type { Memory } from '../../shared/model/memory.ts';
import type { FileNotice, Settings } from '../../shared/model/settings.ts';
import { type ActivityFile, activityFormat } from './activity/index.ts';
import { type Format, type OwnFile, openOwnFile } from './files/index.ts';
import { memoryFormat, settingsFormat } from './settings/index.ts';
import { type WindowPlace, windowFormat } from './window-place.ts';

/** The files in the application's own folder. Each is readable by its owner only. */
export interface Stores {
  readonly settings: OwnFile<Settings>;
  /** Writes are gathered for 250 ms; `flush` before quitting. */
  readonly memory: OwnFile<Memory> & { flush(): void };
  readonly window: OwnFile<WindowPlace>;
  /** Base64 of what the keychain sealed, by id. Opened when first needed: most starts touch no secret. */
  readonly sealed: () => OwnFile<SealedFile>;
  /** What happened. Opened when first needed. */
  readonly activity: () => OwnFile<ActivityFile>;
}

type SealedFile = z.infer<typeof sealedSchema>;
const sealedSchema = z.strictObject({ sealed: z.record(z.string(), z.string()).default({}) });
/** At first the ids stood at the top, where one of them could have been taken for a field. */
const sealedFormat: Format<SealedFile> = { schema: sealedSchema, migrations: [(ids) => ({ sealed: ids })] };

const gatherMs = 250;

export function openStores(folder: string, onNotice: (notice: FileNotice) => void): Stores {
  const shared = {
    folder,
    onNotice,
    now: () => Date.now(),
    openStore: (options: ConstructorParameters<typeof Store>[0]) => new Store(options),
  };
  const memory = openOwnFile({ ...shared, name: 'memory', format: memoryFormat });
  let sealed: OwnFile<SealedFile> | undefined;
  let activity: OwnFile<ActivityFile> | undefined;
  return {
    settings: openOwnFile({ ...shared, name: 'settings', format: settingsFormat }),
    window: openOwnFile({ ...shared, name: 'window', format: windowFormat }),
    memory: gatherWrites(memory),
    sealed: () => {
      sealed ??= openOwnFile({ ...shared, name: 'secrets', format: sealedFormat });
      return sealed;
    },
    activity: () => {
      activity ??= openOwnFile({ ...shared, name: 'activity', format: activityFormat });
      return activity;
    },
  };
}

/** The engine remembers something at every step; a file need not be written as often. */
function gatherWrites(file: OwnFile<Memory>): Stores['memory'] {
  let waiting: Memory | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting !== undefined) file.write(waiting);
    waiting = undefined;
  };
  return {
    read: () => waiting ?? file.read(),
    write(memory) {
      waiting = memory;
      timer ??= setTimeout(flush, gatherMs);
    },
    putAside: (why) => file.putAside(why),
    flush,
  };
}
