/** One port that something listens on, inside a container. */
export interface Listening {
  readonly port: number;
  /** `loopback`: only processes of the container itself reach it. */
  readonly bind: 'any' | 'loopback';
  readonly process?: string;
  readonly pid?: number;
  /** Its command line, cut to 200 characters. */
  readonly command?: string;
  /** Addresses it listens on, as people write them; `0.0.0.0` and `::` mean every one. */
  readonly addresses?: readonly string[];
}

const sections = ['tcp', 'tcp6', 'owners', 'end'] as const;
type Section = (typeof sections)[number];

/**
 * Reads what `listeningCommand` printed; `undefined` when it did not run to its end. Lines that make no sense are
 * left out. A port bound both ways counts as `any`; the list is sorted by port.
 */
export function readListening(output: string): readonly Listening[] | undefined {
  const owners = new Map<string, { readonly pid: number; readonly name: string }>();
  const commands = new Map<number, string>();
  const sockets: {
    readonly port: number;
    readonly bind: Listening['bind'];
    readonly inode: string;
    readonly address: string;
  }[] = [];
  let section: Section | undefined;
  for (const line of output.split(/\r?\n/)) {
    const marker = sections.find((name) => line === `gearway:${name}`);
    if (marker !== undefined) section = marker;
    else if (section === 'tcp' || section === 'tcp6') {
      const socket = readSocket(line);
      if (socket !== undefined) sockets.push(socket);
    } else if (section === 'owners') {
      const owner = /^(\d+) (\d+) ([^\s\p{Cc}][^\p{Cc}]{0,63})$/u.exec(line);
      if (owner?.[1] !== undefined && owner[3] !== undefined)
        owners.set(owner[1], { pid: Number(owner[2]), name: owner[3].trim() });
      const command = /^(\d+)> ([^\p{Cc}]{1,400})$/u.exec(line);
      if (command?.[2] !== undefined) commands.set(Number(command[1]), command[2].trim().slice(0, 200));
    }
  }
  if (section !== 'end') return undefined;
  const ports = new Map<number, Listening>();
  for (const { port, bind, inode, address } of sockets) {
    const before = ports.get(port);
    const owner = owners.get(inode);
    const pid = owner?.pid ?? before?.pid;
    ports.set(port, {
      port,
      bind: before?.bind === 'any' ? 'any' : bind,
      process: owner?.name ?? before?.process,
      pid,
      command: pid === undefined ? undefined : commands.get(pid),
      addresses: [...new Set([...(before?.addresses ?? []), address])],
    });
  }
  return [...ports.values()].sort((a, b) => a.port - b.port);
}

/** `0: 0100007F:1F90 00000000:0000 0A … inode`: addresses are 32-bit words in the machine's byte order (proc(5)). */
function readSocket(line: string) {
  const fields = line.trim().split(/\s+/);
  const local = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/i.exec(fields[1] ?? '');
  const inode = fields[9] ?? '';
  if (local?.[1] === undefined || local[2] === undefined || fields[3] !== '0A') return undefined;
  const port = Number.parseInt(local[2], 16);
  if (port === 0) return undefined;
  const hex = local[1].toUpperCase();
  return { port, bind: isLoopback(hex) ? 'loopback' : 'any', inode, address: addressOf(hex) } as const;
}

/** 127.0.0.0/8, ::1, and 127.0.0.0/8 mapped into IPv6; little-endian words, as on every machine that holds a GPU. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F');
  if (address === '00000000000000000000000001000000') return true;
  return address.startsWith('0000000000000000FFFF0000') && address.endsWith('7F');
}

/** An address of the kernel's tables as people write it: words of 32 bits, each in little-endian order. */
function addressOf(hex: string): string {
  const bytes = (word: string) => (word.match(/../g) ?? []).reverse();
  const dotted = (word: string) =>
    bytes(word)
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  if (hex.length === 8) return dotted(hex);
  if (hex.startsWith('0000000000000000FFFF0000')) return dotted(hex.slice(24));
  const groups = (hex.match(/.{8}/g) ?? []).flatMap((word) => {
    const [a = '', b = '', c = '', d = ''] = bytes(word);
    return [a + b, c + d].map((group) => Number.parseInt(group, 16).toString(16));
  });
  return groups.join(':').replace(/(?:^|:)0(?::0)+(?::|$)/, '::');
}
