import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostKeyPin } from '../../../../shared/model/memory.ts';
import type { Cleanup, SshServer } from '../../../testing/index.ts';
import { silentLog, systemClock } from '../../base/effects.ts';
import { Secret } from '../../base/secret.ts';
import { look } from '../../listening/look.ts';
import { createSsh, type Ssh } from '../../ssh/index.ts';
import { createLauncher } from '../launcher.ts';
import type { Launcher, LaunchOrder } from '../types.ts';

/** Lives of the launching part against a real SSH server, for its own tests. */
interface LaunchLab {
  /** A folder of the container that lasts; removed after the test. */
  newFolder(): string;
  /** One life of the engine's launching part: with connections of its own, and no memory of an earlier one. */
  engine(at: SshServer, folder: string): { readonly ssh: Ssh; readonly launcher: Launcher };
  /** Starts a service in container `c`; it is ended after the test. */
  start(launcher: Launcher, order: Partial<LaunchOrder>): Promise<string>;
  /** A folder of programs with only what every image has: no `setsid`, `ss`, `lsof`, `ps` or `bash`. */
  bareBin(): string;
}

export const signal = (): AbortSignal => AbortSignal.timeout(30_000);

export const need = <T>(result: { ok: true; value: T } | { ok: false; error: object }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** Everything that listens in the container, over a connection of this life. */
export const listening = async (ssh: Ssh, id: string, until: AbortSignal) =>
  need(
    await look(
      (command, each) => ssh.exec(id, command, { signal: each, timeoutMs: 10_000, maxBytes: 1_000_000 }),
      until,
    ),
  );

export const stateOf = async (launcher: Launcher, id: string) => {
  need(await launcher.refresh('c', signal()));
  return launcher.get(id)?.state;
};

/** Processes of this machine whose command line holds the text. */
export const left = (text: string): readonly string[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(text);
      } catch {
        return false;
      }
    });

let nextPort = 21_000 + (process.pid % 4_000) * 8;
export const newPort = (): string => String(nextPort++);

/** A home of its own as well: this machine's start files are not the container's. */
export const bareEnvironment = (bin: string): string => `SetEnv PATH=${bin} HOME=${bin}`;

export function createLaunchLab(cleanup: Cleanup): LaunchLab {
  const temporary = (prefix: string) => {
    const made = mkdtempSync(join(tmpdir(), prefix));
    cleanup.later(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };
  return {
    newFolder: () => temporary('gw-launch-'),
    engine(at, folder) {
      const pins: HostKeyPin[] = [];
      const { host, port, user, password } = at;
      const ssh = createSsh({
        endpoint: async () => ({
          ok: true,
          value: { host, port, user, runId: 'run', password: new Secret(password) },
        }),
        hostKeys: {
          pin: (runId) => pins.find((pin) => pin.runId === runId),
          remember: (pin) => void pins.push(pin),
        },
        clock: systemClock,
        random: Math.random,
        log: silentLog,
      });
      cleanup.add(ssh);
      const launcher = createLauncher({
        exec: (id, command, how) => ssh.exec(id, command, how),
        clock: systemClock,
        random: Math.random,
        onChange: () => {},
        listening: (id, inner) => listening(ssh, id, inner),
        isMapped: () => false,
        graceMs: 8_000,
        folders: [folder],
      });
      return { ssh, launcher };
    },
    async start(launcher, order) {
      const usual = { containerId: 'c', recipe: 'command', name: '', values: {} };
      const { id } = need(await launcher.start({ ...usual, ...order }, signal()));
      cleanup.later(() => void launcher.stop(id, { force: true }, signal()));
      return id;
    },
    bareBin() {
      const bin = temporary('gw-bin-');
      for (const name of 'sh cat cut date grep head ls mkdir mv rm sed sleep tail tr wc'.split(' '))
        symlinkSync(
          execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
          join(bin, name),
        );
      symlinkSync('/usr/bin/python3', join(bin, 'python3'));
      return bin;
    },
  };
}
