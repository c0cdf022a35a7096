import {
  againScript,
  type LaunchListing,
  lastingFolders,
  listScript,
  logScript,
  type NewHost,
  type ProcessOfLaunch,
  readLaunchList,
  readLogPart,
  readMatches,
  removeScript,
  searchScript,
  signalScript,
  startScript,
} from '../../../shared/launch/remote/index.ts';
import type { LaunchMeta, LogMatch, LogPart } from '../../../shared/model/launch.ts';
import { anyShell } from '../../../shared/quoting/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** Runs one command in one container, with the errors of `Ssh.exec`. */
export type ContainerExec = (
  containerId: string,
  command: string,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number; readonly maxBytes: number },
) => Promise<Result<{ readonly stdout: string; readonly stderr: string; readonly code: number }>>;

/** What the launcher asks of a container, each a single command. Errors are those of `exec`, and those named. */
export interface Remote {
  list(containerId: string, signal: AbortSignal): Promise<Result<LaunchListing>>;
  /** `launch_folder_missing`, `launch_failed`. */
  start(containerId: string, call: StartRemote, signal: AbortSignal): Promise<Result<null>>;
  /** `launch_not_found`, `launch_folder_missing`, `launch_failed`. */
  again(containerId: string, call: AgainRemote, signal: AbortSignal): Promise<Result<null>>;
  signal(
    containerId: string,
    launchId: string,
    name: 'TERM' | 'KILL',
    processes: readonly ProcessOfLaunch[],
    signal: AbortSignal,
  ): Promise<Result<null>>;
  remove(containerId: string, launchId: string, signal: AbortSignal): Promise<Result<null>>;
  log(
    containerId: string,
    call: Parameters<typeof logScript>[0],
    signal: AbortSignal,
  ): Promise<Result<LogPart>>;
  search(
    containerId: string,
    call: { readonly launchId: string; readonly text: string; readonly most: number },
    signal: AbortSignal,
  ): Promise<Result<readonly LogMatch[]>>;
}

interface StartRemote {
  readonly launchId: string;
  readonly token: string;
  readonly meta: LaunchMeta;
  readonly line: string;
  readonly folder: string;
}

interface AgainRemote {
  readonly launchId: string;
  readonly token: string;
  readonly host?: NewHost;
}

/** A container under load answers late; a command is not sent twice for that. */
const timeoutMs = 20_000;
/** A table of 10,000 processes. */
const mostBytes = 4_000_000;

export function createRemote(exec: ContainerExec, folders: readonly string[] = lastingFolders): Remote {
  const run = (containerId: string, script: string, signal: AbortSignal, maxBytes = mostBytes) =>
    exec(containerId, anyShell(script), { signal, timeoutMs, maxBytes });

  async function begin(containerId: string, script: string, signal: AbortSignal): Promise<Result<string>> {
    const answer = await run(containerId, script, signal);
    if (!answer.ok) return answer;
    return ok(/^gearway:(\w+)$/m.exec(answer.value.stdout)?.[1] ?? `failed ${answer.value.stderr}`);
  }

  const started = (word: Result<string>, folder: string): Result<null> => {
    if (!word.ok) return word;
    if (word.value === 'started') return ok(null);
    if (word.value === 'unknown') return fail('launch_not_found');
    if (word.value === 'nofolder')
      return fail('launch_folder_missing', {
        field: 'folder',
        params: folder === '' ? {} : { folder: folder.slice(0, 200) },
      });
    return fail('launch_failed', { detail: word.value.slice(0, 300) });
  };

  return {
    async list(containerId, signal) {
      const answer = await run(containerId, listScript(folders), signal);
      if (!answer.ok) return answer;
      const listing = readLaunchList(answer.value.stdout);
      return listing === undefined
        ? fail('ssh_lost', { detail: answer.value.stderr.slice(0, 200) })
        : ok(listing);
    },
    async start(containerId, call, signal) {
      const script = startScript({ ...call, meta: JSON.stringify(call.meta) }, folders);
      return started(await begin(containerId, script, signal), call.folder);
    },
    again: async (containerId, call, signal) =>
      started(await begin(containerId, againScript(call, folders), signal), ''),
    async signal(containerId, launchId, name, processes, signal) {
      const answer = await run(containerId, signalScript(launchId, name, processes, folders), signal);
      return answer.ok ? ok(null) : answer;
    },
    async remove(containerId, launchId, signal) {
      const answer = await run(containerId, removeScript(launchId, folders), signal);
      return answer.ok ? ok(null) : answer;
    },
    async log(containerId, call, signal) {
      const answer = await run(containerId, logScript(call, folders), signal, call.most + 1_000);
      if (!answer.ok) return answer;
      const part = readLogPart(answer.value.stdout);
      return part === undefined ? fail('ssh_lost', { detail: answer.value.stderr.slice(0, 200) }) : ok(part);
    },
    async search(containerId, { launchId, text, most }, signal) {
      const answer = await run(containerId, searchScript(launchId, text, most, folders), signal);
      if (!answer.ok) return answer;
      const matches = readMatches(answer.value.stdout);
      return matches === undefined
        ? fail('ssh_lost', { detail: answer.value.stderr.slice(0, 200) })
        : ok(matches);
    },
  };
}
