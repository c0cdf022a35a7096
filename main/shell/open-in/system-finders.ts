import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Finders } from './find-programs.ts';

/** A question to the system waits this long, in ms. */
const patienceMs = 3_000;

/**
 * Looks on the search path, in the folders of applications, and among the programs that take addresses of a scheme.
 * `nameForScheme` is Electron's question, which on Linux always answers; there xdg-mime(1) knows.
 */
export function systemFinders(options: {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly nameForScheme: (address: string) => string;
}): Finders {
  const { platform, env, home } = options;
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const endings = platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return {
    platform,
    async fileOf(name) {
      for (const folder of folders) {
        for (const ending of endings) {
          const file = join(folder, `${name}${ending}`);
          if (await isProgram(file)) return file;
        }
      }
      return undefined;
    },
    async hasApp(name) {
      const places = ['/Applications', '/System/Applications/Utilities', `${home}/Applications`];
      const there = await Promise.all(places.map((place) => exists(join(place, `${name}.app`))));
      return there.includes(true);
    },
    hasScheme(scheme) {
      if (platform === 'darwin' || platform === 'win32')
        return Promise.resolve(options.nameForScheme(`${scheme}://`) !== '');
      return new Promise((resolve) => {
        const words = ['query', 'default', `x-scheme-handler/${scheme}`];
        execFile('xdg-mime', words, { env, timeout: patienceMs }, (error, output) =>
          resolve(error === null && output.trim() !== ''),
        );
      });
    },
  };
}

async function isProgram(file: string): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false;
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
