import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { launchAgentLabel, launchAgentText } from './launch-agent.ts';
import { loginTaskName, loginTaskText } from './login-task.ts';
import { unitText } from './unit.ts';

type Line = readonly [program: string, ...words: string[]];

/** How a system starts a program at each login: a file that it reads, and the lines that tell it so. */
export interface AtLogin {
  readonly system: 'systemd' | 'launchd' | 'Task Scheduler';
  readonly file: string;
  readonly bytes: Buffer;
  /** Only read while it is taken. */
  readonly isTemporary?: true;
  readonly enable: readonly Line[];
  readonly disable: readonly Line[];
}

/** What starts the background: `run` for a system that starts again what dies, `supervise` for one that does not. Pure. */
export function atLoginOf(of: {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly temporary: string;
  readonly configHome: string | undefined;
  readonly uid: number;
  readonly user: string;
  readonly program: (command: 'background-run' | 'background-supervise') => readonly string[];
}): AtLogin | undefined {
  switch (of.platform) {
    case 'linux':
      return {
        system: 'systemd',
        file: join(of.configHome ?? join(of.home, '.config'), 'systemd/user/gearway.service'),
        bytes: Buffer.from(unitText(of.program('background-run'))),
        enable: [
          ['systemctl', '--user', 'daemon-reload'],
          ['systemctl', '--user', 'enable', '--now', 'gearway.service'],
        ],
        disable: [['systemctl', '--user', 'disable', '--now', 'gearway.service']],
      };
    case 'darwin': {
      const file = join(of.home, 'Library/LaunchAgents', `${launchAgentLabel}.plist`);
      return {
        system: 'launchd',
        file,
        bytes: Buffer.from(launchAgentText(of.program('background-run'))),
        enable: [['launchctl', 'bootstrap', `gui/${of.uid}`, file]],
        disable: [['launchctl', 'bootout', `gui/${of.uid}/${launchAgentLabel}`]],
      };
    }
    case 'win32': {
      const file = join(of.temporary, 'gearway-task.xml');
      return {
        system: 'Task Scheduler',
        file,
        // schtasks reads UTF-16 with its mark.
        bytes: Buffer.from(`\ufeff${loginTaskText(of.program('background-supervise'), of.user)}`, 'utf16le'),
        isTemporary: true,
        enable: [
          ['schtasks', '/Create', '/TN', loginTaskName, '/XML', file, '/F'],
          ['schtasks', '/Run', '/TN', loginTaskName],
        ],
        disable: [['schtasks', '/Delete', '/TN', loginTaskName, '/F']],
      };
    }
    default:
      return undefined;
  }
}

const call = promisify(execFile);

const here = (words: readonly string[]): AtLogin | undefined => {
  const [, script = ''] = process.argv;
  const { username, uid } = userInfo();
  const domain = process.env.USERDOMAIN;
  return atLoginOf({
    platform: process.platform,
    home: homedir(),
    temporary: tmpdir(),
    configHome: process.env.XDG_CONFIG_HOME || undefined,
    uid,
    user: domain === undefined ? username : `${domain}\\${username}`,
    program: (command) => [process.execPath, script, command, ...words],
  });
};

/** Has the system start it now and at each login; gives the line that says why it does not. */
export async function startAtLogin(words: readonly string[]): Promise<string | undefined> {
  const way = here(words);
  if (way === undefined) return 'this system has no way to start it at login that Gearway knows.';
  try {
    await mkdir(dirname(way.file), { recursive: true });
    await writeFile(way.file, way.bytes);
    for (const [program, ...rest] of way.enable) await call(program, rest);
    return undefined;
  } catch (error) {
    await rm(way.file, { force: true });
    return `${way.system} could not take it: ${error instanceof Error ? error.message.split('\n')[0] : ''}`;
  } finally {
    if (way.isTemporary === true) await rm(way.file, { force: true });
  }
}

/** Ends that it is started at login; nothing where it was not. */
export async function stopAtLogin(): Promise<void> {
  const way = here([]);
  if (way === undefined) return;
  for (const [program, ...rest] of way.disable) await call(program, rest).catch(() => {});
  await rm(way.file, { force: true });
  if (way.system === 'systemd') await call('systemctl', ['--user', 'daemon-reload']).catch(() => {});
}
