// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from '../parts/apt.mjs';

/** What tests and measurements run against, by Debian's names, and a file that shows that it is there. */
const programs = {
  'openssh-server': '/usr/sbin/sshd',
  'openssh-client': 'ssh-keygen',
  'redis-server': 'redis-server',
  'redis-tools': 'redis-cli',
  'nginx-light': 'nginx',
  python3: 'python3',
  'jupyter-notebook': 'jupyter-notebook',
  'python3-starlette': '/usr/lib/python3/dist-packages/starlette',
  'python3-uvicorn': '/usr/lib/python3/dist-packages/uvicorn',
  wrk: 'wrk',
  curl: 'curl',
  iproute2: 'ip',
  'libnss3-tools': 'certutil',
};

/**
 * What a window needs where there is no screen, and a tray and notifications where there is no desktop; the font has the
 * Chinese words of the screenshots.
 */
const screen = {
  xvfb: 'Xvfb',
  xauth: 'xauth',
  dbus: 'dbus-daemon',
  'python3-gi': '/usr/lib/python3/dist-packages/gi',
  'fonts-noto-cjk': '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
};

/** Real servers for integration tests and measurements. Elsewhere than on Linux those tests skip themselves. */
export function ensureServers() {
  return ensure(programs, 'Tests use real servers');
}

/** A screen in memory for end-to-end tests, and what a desktop is made of. */
export function ensureScreen() {
  return ensure(screen, 'Tests open windows on a screen in memory');
}

/**
 * @param {Readonly<Record<string, string>>} wanted
 * @param {string} purpose
 */
async function ensure(wanted, purpose) {
  if (process.platform !== 'linux') return;
  const missing = Object.keys(wanted).filter((name) => !isThere(wanted[name] ?? name));
  if (missing.length > 0) await installPackages(missing, purpose);
}

/** @param {string} program a path, or a name to look for */
function isThere(program) {
  if (program.startsWith('/')) return existsSync(program);
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}
