import { chmod, lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where a running engine is found by the other programs of its person. */
export interface ControlPlace {
  /** Of mode 0700; nobody else may look into it. */
  readonly folder: string;
  /** A Unix socket in that folder; on Windows a named pipe. */
  readonly address: string;
  /** Who can read it may ask: a named pipe has no mode of its own, and folders are told apart by it. */
  readonly keyFile: string;
}

/** Loaded where it is needed: a command that attaches starts without it, about 4 ms sooner. */
const crypto = () => process.getBuiltinModule('node:crypto');

/** A Unix socket's address holds no more bytes than this (unix(7): 108 on Linux; 104 on macOS, with the ending NUL). */
const mostAddressBytes = 103;

/** The place that belongs to a folder of application data. Pure but for the names of the system. */
export function controlPlace(
  dataFolder: string,
  system: { readonly platform: NodeJS.Platform; readonly temporary: string; readonly user: string } = {
    platform: process.platform,
    temporary: tmpdir(),
    user: userInfo().username,
  },
): ControlPlace {
  const markOf = () => crypto().createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
  const folder = join(dataFolder, 'control');
  const keyFile = join(folder, 'key');
  if (system.platform === 'win32')
    return {
      folder,
      keyFile,
      address: `\\\\.\\pipe\\gearway-${system.user.replace(/\W/g, '_')}-${markOf()}`,
    };
  const address = join(folder, 'engine.sock');
  if (Buffer.byteLength(address) <= mostAddressBytes) return { folder, keyFile, address };
  const short = join(system.temporary, `gearway-${system.user}-${markOf()}`);
  return { folder: short, keyFile: join(short, 'key'), address: join(short, 'engine.sock') };
}

/** Where the application keeps its data, as Electron has it. */
export function usualDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'win32':
      return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'gearway');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'gearway');
    default:
      return join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'gearway');
  }
}

/** Makes the folder, or takes the one that is there; `false` where it is somebody else's, or no folder. */
export async function openControlFolder({ folder }: ControlPlace): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return true;
  const found = await lstat(folder);
  // Others may have laid something where the name was to be: a link, a folder of theirs.
  if (!found.isDirectory() || found.uid !== process.getuid?.()) return false;
  await chmod(folder, 0o700);
  return true;
}

/** A new key for this life of the engine. */
export async function writeControlKey({ keyFile }: ControlPlace): Promise<string> {
  const key = crypto().randomBytes(32).toString('base64url');
  await writeFile(keyFile, key, { mode: 0o600 });
  await chmod(keyFile, 0o600);
  return key;
}

export async function readControlKey({ keyFile }: ControlPlace): Promise<string | undefined> {
  try {
    return (await readFile(keyFile, 'utf8')).trim();
  } catch {
    return undefined;
  }
}
