import { readRemoteCall } from '../../shared/launch/remote/index.ts';
import { listeningCommand } from '../../shared/probe/index.ts';
import { readAnyShell } from '../../shared/quoting/index.ts';
import type { CommandAnswer } from './command-answer.ts';
import type { SampleLaunches } from './sample-launches.ts';
import type { VirtualPort } from './virtual-ports.ts';

/**
 * What a sample container answers by itself: the commands of Gearway, about services that are made up. `undefined` for
 * all others, which are for a shell.
 */
export function runCommand(
  command: string,
  container: {
    readonly name: string;
    readonly ports: readonly VirtualPort[];
    readonly launches: SampleLaunches;
  },
): CommandAnswer | Promise<CommandAnswer> | undefined {
  const say = (stdout: string): CommandAnswer => ({ stdout, stderr: '', code: 0 });
  const trimmed = command.trim();
  if (trimmed === listeningCommand) return say(listening(container.ports));
  const script = readAnyShell(trimmed);
  const call = script === undefined ? undefined : readRemoteCall(script);
  if (call !== undefined) return container.launches.answer(call);
  if (trimmed === 'true' || trimmed === ':') return say('');
  if (trimmed === 'hostname') return say(`${container.name}\n`);
  if (trimmed === 'whoami') return say('root\n');
  if (trimmed === 'uname -a') return say(`Linux ${container.name} 5.15.0 #1 SMP x86_64 GNU/Linux\n`);
  if (trimmed === 'cat /proc/net/tcp') return say(`${heading}\n${rows(container.ports).join('\n')}\n`);
  const echoed = /^echo ([\w ./:-]*)$/.exec(trimmed);
  if (echoed !== null) return say(`${echoed[1]}\n`);
  return undefined;
}

/** Where there is no shell. */
export function notFound(command: string): CommandAnswer {
  const name = command.trim().split(/\s/)[0]?.slice(0, 60) ?? '';
  return { stdout: '', stderr: `sh: ${name}: command not found\n`, code: 127 };
}

const heading =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

const rows = (ports: readonly VirtualPort[]): readonly string[] =>
  ports.map(({ port, bind }, index) => {
    const address = bind === 'any' ? '00000000' : '0100007F';
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    return `${String(index).padStart(4)}: ${address}:${hex} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${inode(port)} 1 0000000000000000 100 0 0 10 0`;
  });

const inode = (port: number): number => 100_000 + port;

const listening = (ports: readonly VirtualPort[]): string =>
  [
    'gearway:tcp',
    ...rows(ports),
    'gearway:tcp6',
    'gearway:owners',
    ...ports.flatMap(({ port, process, pid = port }) => [
      `${inode(port)} ${pid} ${process}`,
      `${pid}> ${process} --port ${port}`,
    ]),
    'gearway:end',
    '',
  ].join('\n');
