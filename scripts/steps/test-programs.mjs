// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from '../parts/apt.mjs';

/**
 * Every program that a test or a measurement starts, by Debian's package; what follows a package are the programs that it
 * gives, or files that show that it is there. What each Debian has (`sh`, `env`, `mount`) is not listed. A test reads the
 * tests for programs that are not here.
 */
export const testPrograms = {
  'openssh-server': ['/usr/sbin/sshd'],
  'openssh-sftp-server': ['/usr/lib/openssh/sftp-server'],
  'openssh-client': ['ssh', 'scp', 'ssh-keygen', 'ssh-agent', 'ssh-add', 'ssh-keyscan'],
  openssl: ['openssl'],
  'redis-server': ['redis-server'],
  'redis-tools': ['redis-cli'],
  postgresql: ['initdb', 'postgres', 'psql'],
  'mariadb-server-core': ['mariadbd', 'mariadb-install-db'],
  'mariadb-client-core': ['my_print_defaults'],
  'dropbear-bin': ['dropbear', 'dropbearkey'],
  iperf3: ['iperf3'],
  gdbserver: ['gdbserver'],
  'netcat-openbsd': ['nc'],
  'python3-debugpy': ['/usr/lib/python3/dist-packages/debugpy'],
  'python3-aiosmtpd': ['aiosmtpd'],
  'tigervnc-standalone-server': ['Xtigervnc'],
  fish: ['fish'],
  zsh: ['zsh'],
  tcsh: ['tcsh'],
  busybox: ['busybox'],
  'nginx-light': ['nginx'],
  python3: ['python3'],
  'jupyter-notebook': ['jupyter-notebook', 'jupyter'],
  'python3-starlette': ['/usr/lib/python3/dist-packages/starlette'],
  'python3-uvicorn': ['/usr/lib/python3/dist-packages/uvicorn'],
  wrk: ['wrk'],
  microsocks: ['microsocks'],
  curl: ['curl'],
  iproute2: ['ip', 'ss', 'tc'],
  'libnss3-tools': ['certutil'],
  git: ['git'],
  rsync: ['rsync'],
};

/**
 * What a window needs where there is no screen, and a tray and notifications where there is no desktop; the font has the
 * Chinese words of the screenshots.
 */
export const screenPrograms = {
  xvfb: ['Xvfb', 'xvfb-run'],
  xauth: ['xauth'],
  dbus: ['dbus-daemon'],
  'python3-gi': ['/usr/lib/python3/dist-packages/gi'],
  'fonts-noto-cjk': ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'],
};

/**
 * The programs of tests. Elsewhere than on Linux, tests that need one that is not there skip themselves.
 * @param {{ readonly optional?: boolean }} [how] optional: who may not install gets skipped tests and no failure
 */
export function ensureTestPrograms({ optional = false } = {}) {
  if (optional && process.getuid?.() !== 0) return;
  return ensure(testPrograms, 'Tests use real programs');
}

/** A screen in memory for end-to-end tests, and what a desktop is made of. */
export function ensureScreen() {
  return ensure(screenPrograms, 'Tests open windows on a screen in memory');
}

/**
 * @param {Readonly<Record<string, readonly string[]>>} wanted
 * @param {string} purpose
 */
async function ensure(wanted, purpose) {
  if (process.platform !== 'linux') return;
  const missing = Object.keys(wanted).filter((name) => !wanted[name]?.every(isThere));
  if (missing.length > 0) await installPackages(missing, purpose);
}

/** Debian keeps these by version and out of the path. */
const postgres = '/usr/lib/postgresql';

/** @param {string} program a path, or a name to look for */
function isThere(program) {
  if (program.startsWith('/')) return existsSync(program);
  const versions = existsSync(postgres) ? readdirSync(postgres) : [];
  const own = versions.map((version) => join(postgres, version, 'bin'));
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin', ...own];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}
