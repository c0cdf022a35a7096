/// <reference path="../base/python.d.ts" />
import {
  type FoundGate,
  lookAtGateScript,
  readGate,
  removeGateScript,
  writeGateScript,
} from '../../../shared/gate/index.ts';
import { lastingFolders } from '../../../shared/launch/remote/index.ts';
import type { GateFile } from '../../../shared/model/gate.ts';
import { anyShell } from '../../../shared/quoting/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import program from './remote/gate.py?raw';

/** Runs one command in one container, with the errors of `Ssh.exec`; `input` is what it reads. */
export type GateExec = (
  containerId: string,
  command: string,
  options: {
    readonly signal: AbortSignal;
    readonly timeoutMs: number;
    readonly maxBytes: number;
    readonly input?: string;
  },
) => Promise<Result<{ readonly stdout: string; readonly stderr: string; readonly code: number }>>;

/** What is kept of a gate in its container. Errors are those of `exec`, and `gate_not_written`. */
export interface RemoteGate {
  look(containerId: string, port: number, signal: AbortSignal): Promise<Result<FoundGate>>;
  write(containerId: string, file: GateFile, signal: AbortSignal): Promise<Result<null>>;
  remove(containerId: string, port: number, signal: AbortSignal): Promise<Result<null>>;
}

const how = { timeoutMs: 20_000, maxBytes: 2_000_000 };

export function createRemoteGate(exec: GateExec, folders: readonly string[] = lastingFolders): RemoteGate {
  async function expect(
    word: string,
    containerId: string,
    script: string,
    signal: AbortSignal,
    input?: string,
  ) {
    const answer = await exec(containerId, anyShell(script), { ...how, signal, input });
    if (!answer.ok) return answer;
    return answer.value.stdout.includes(`gearway:${word}\n`)
      ? ok(null)
      : fail('gate_not_written', { detail: answer.value.stderr.slice(0, 300) });
  }
  return {
    async look(containerId, port, signal) {
      const answer = await exec(containerId, anyShell(lookAtGateScript(port, folders)), { ...how, signal });
      if (!answer.ok) return answer;
      const found = readGate(answer.value.stdout);
      return found === undefined
        ? fail('ssh_lost', { detail: answer.value.stderr.slice(0, 200) })
        : ok(found);
    },
    write(containerId, file, signal) {
      const input = `${JSON.stringify(file)}\n${program}`;
      const script = writeGateScript(file.port, Buffer.byteLength(input), folders);
      return expect('written', containerId, script, signal, input);
    },
    remove: (containerId, port, signal) =>
      expect('removed', containerId, removeGateScript(port, folders), signal),
  };
}
