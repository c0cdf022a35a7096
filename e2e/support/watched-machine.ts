import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Machine, openMachine, startChild, until } from '../../main/testing/index.ts';

/** A machine whose every question to a resolver and every packet is noted. Linux, as root. */
export interface WatchedMachine extends Machine {
  /** Names that were asked for. */
  names(): readonly string[];
  /** Addresses and ports that something was sent to, the resolver's left out. */
  addresses(): readonly string[];
}

const recorder = join(import.meta.dirname, 'record-network.py');

export async function openWatchedMachine(): Promise<WatchedMachine> {
  const machine = await openMachine();
  if (machine.name === undefined) throw new Error('No network namespaces here.');
  const own = join('/etc/netns', machine.name);
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'resolv.conf'), `nameserver ${machine.host}\n`);
  const record = startChild(['/usr/bin/python3', recorder, machine.host]);
  const lines = () =>
    record
      .output()
      .split('\n')
      .slice(0, -1)
      .map(
        (line) =>
          JSON.parse(line) as { readonly name?: string; readonly to?: string; readonly port?: number },
      );
  await until(`the recorder: ${record.output()}`, () => record.output().includes('ready'));
  // The kernel's own questions for neighbours are not the application's.
  const quiet = 'for f in all default; do echo 1 > /proc/sys/net/ipv6/conf/$f/disable_ipv6; done';
  await machine.start(['sh', '-c', `${quiet}; ip route add default via ${machine.host}`]).exited;
  return {
    ...machine,
    names: () => [...new Set(lines().flatMap(({ name }) => (name === undefined ? [] : [name])))],
    addresses: () => [
      ...new Set(lines().flatMap(({ to, port }) => (to === undefined ? [] : [`${to}:${port}`]))),
    ],
    async stop() {
      await machine.stop();
      await record.kill();
      await rm(own, { recursive: true, force: true });
    },
  };
}
