import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import { z } from 'zod';
import { emptyMemory, type Memory, memorySchema } from '../../shared/model/memory.ts';
import { type Settings, settingsSchema } from '../../shared/model/settings.ts';

/** The files in the application's own folder. Each is readable by its owner only. */
export interface Stores {
  readonly settings: { read(): Settings; write(part: Partial<Settings>): Settings };
  /** Writes are gathered for 250 ms; `flush` before quitting. */
  readonly memory: { read(): Memory; write(memory: Memory): void; flush(): void };
  /** Base64 of what the keychain sealed, by id. */
  readonly sealed: {
    read(): Readonly<Record<string, string>>;
    write(sealed: Readonly<Record<string, string>>): void;
  };
}

const gatherMs = 250;
const sealedSchema = z.record(z.string(), z.string());

export function openStores(folder: string): Stores {
  const settingsFile = openFile(folder, 'settings');
  const memoryFile = openFile(folder, 'memory');
  // Opened when first needed: most starts touch no secret, and each file costs a read.
  let secretFile: ContentFile | undefined;
  const secrets = () => {
    secretFile ??= openFile(folder, 'secrets');
    return secretFile;
  };
  let waiting: Memory | undefined;
  let timer: NodeJS.Timeout | undefined;

  const readSettings = (): Settings => {
    const read = settingsSchema.safeParse(settingsFile.get('content'));
    return read.success ? read.data : settingsSchema.parse({});
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting !== undefined) memoryFile.set('content', waiting);
    waiting = undefined;
  };

  return {
    settings: {
      read: readSettings,
      write(part) {
        const settings = { ...readSettings(), ...part };
        settingsFile.set('content', settings);
        return settings;
      },
    },
    memory: {
      read() {
        if (waiting !== undefined) return waiting;
        const read = memorySchema.safeParse(memoryFile.get('content'));
        return read.success ? read.data : emptyMemory();
      },
      write(memory) {
        waiting = memory;
        timer ??= setTimeout(flush, gatherMs);
      },
      flush,
    },
    sealed: {
      read: () => sealedSchema.catch({}).parse(secrets().get('content')),
      write: (sealed) => secrets().set('content', sealed),
    },
  };
}

type ContentFile = Store<{ content: unknown }>;

/** Opens one file; a damaged one is put aside under another name, never erased. */
function openFile(folder: string, name: string): ContentFile {
  const options = { cwd: folder, name, defaults: { content: {} }, configFileMode: 0o600 };
  try {
    return new Store<{ content: unknown }>({ ...options, clearInvalidConfig: false });
  } catch {
    const file = join(folder, `${name}.json`);
    if (existsSync(file)) copyFileSync(file, join(folder, `${name}.damaged-${Date.now()}.json`));
    return new Store<{ content: unknown }>({ ...options, clearInvalidConfig: true });
  }
}
