import { type Backup, backupSchema, type ImportSummary } from '../../../shared/model/backup.ts';
import type { Memory } from '../../../shared/model/memory.ts';
import { type Settings, settingNames } from '../../../shared/model/settings.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { readDocument, writeDocument } from '../files/index.ts';
import { memoryFormat, settingsFormat } from '../settings/index.ts';
import { type ClearSecrets, type Stretch, seal } from './seal.ts';

/** More than any export of ours has, in characters; a larger file is not read. */
export const mostBackupCharacters = 8_000_000;

/** The text of an export. Secrets go along only with a passphrase. `passphrase_short`. */
export async function writeBackup(options: {
  readonly settings: Settings;
  readonly memory: Memory;
  readonly secrets: ClearSecrets;
  readonly passphrase?: string;
  readonly version: string;
  readonly now: number;
  readonly stretch?: Stretch;
}): Promise<Result<string>> {
  const { passphrase } = options;
  const sealed =
    passphrase === undefined ? ok(undefined) : await seal(options.secrets, passphrase, options.stretch);
  if (!sealed.ok) return sealed;
  const backup: Backup = {
    gearway: 'export',
    version: 1,
    madeAt: options.now,
    madeBy: options.version,
    settings: writeDocument(options.settings, settingsFormat),
    memory: writeDocument(options.memory, memoryFormat),
    ...(sealed.value === undefined ? {} : { secrets: sealed.value }),
  };
  return ok(`${JSON.stringify(backup, undefined, 2)}\n`);
}

export interface ReadBackup {
  readonly settings: Settings;
  readonly memory: Memory;
  readonly sealed: Backup['secrets'];
  readonly madeAt: number;
  readonly madeBy: string;
}

/**
 * Reads an export, of this version or an older one. All of it must be readable: half an import would be a riddle.
 * `import_not_ours`, `import_newer`.
 */
export function readBackup(text: string): Result<ReadBackup> {
  if (text.length > mostBackupCharacters) return fail('import_not_ours');
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return fail('import_not_ours');
  }
  if (isOfLaterVersion(found)) return fail('import_newer');
  const backup = backupSchema.safeParse(found);
  if (!backup.success) return fail('import_not_ours');
  const settings = readDocument(backup.data.settings, settingsFormat);
  const memory = readDocument(backup.data.memory, memoryFormat);
  if (settings.kind === 'newer' || memory.kind === 'newer') return fail('import_newer');
  if (settings.kind === 'damaged' || memory.kind === 'damaged') return fail('import_not_ours');
  return ok({
    settings: settings.value,
    memory: memory.value,
    sealed: backup.data.secrets,
    madeAt: backup.data.madeAt,
    madeBy: backup.data.madeBy,
  });
}

/** So many connections are named; the others are counted. */
const mostNamed = 50;

/** What a person is shown before anything changes. */
export function summarise(
  read: ReadBackup,
  {
    present,
    importId,
    file,
  }: { readonly present: Settings; readonly importId: string; readonly file: string },
): ImportSummary {
  const { account } = read.memory;
  return {
    importId,
    file,
    madeAt: read.madeAt,
    madeBy: read.madeBy,
    settings: settingNames.filter(
      (name) => JSON.stringify(read.settings[name]) !== JSON.stringify(present[name]),
    ),
    ...(account === undefined
      ? {}
      : { account: { user: account.user, host: new URL(account.instance.origin).host } }),
    services: read.memory.services.length,
    tunnels: read.memory.tunnels.length,
    connections: read.memory.connections.slice(0, mostNamed).map(({ name, user, host, port, forwards }) => ({
      name,
      place: `${user}@${host}:${port}`,
      forwards: forwards.length,
    })),
    moreConnections: Math.max(0, read.memory.connections.length - mostNamed),
    secrets: read.sealed === undefined ? 'none' : 'sealed',
  };
}

function isOfLaterVersion(found: unknown): boolean {
  if (typeof found !== 'object' || found === null) return false;
  const { gearway, version } = found as { readonly gearway?: unknown; readonly version?: unknown };
  return gearway === 'export' && typeof version === 'number' && version > 1;
}
