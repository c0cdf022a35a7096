import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatePages } from '../../../../shared/gate/index.ts';
import type { GateFile, GrantFile } from '../../../../shared/model/gate.ts';
import { words } from '../../../../shared/words/index.ts';
import { type Cleanup, freePort, startChild, until } from '../../../testing/index.ts';
import gateSource from '../remote/gate.py?raw';

/** The real gate on loopback, for its own tests. */
export interface GateLab {
  readonly port: number;
  readonly pid: number;
  readonly folder: string;
  file(): GateFile;
  change(part: Partial<GateFile>): void;
  log(): string;
  read(name: string): string;
  /** A session as the gate signs it, for a grant and times of one's own choice. */
  signed(grant: GrantFile, issued: number, until: number): string;
  kill(): Promise<void>;
}

/** Debian's own: what stands first in the path may be a script that waits for something else. */
export const systemPython = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
export const tokenOf = (prefix: 'gwl' | 'gwk', letter: string): string => `${prefix}_${letter.repeat(43)}`;
/** Few rounds: what is measured by tests is not how long a guess takes. */
export function passwordGrant(password: string): Pick<GrantFile, 'hash' | 'salt' | 'rounds'> {
  const salt = '00'.repeat(16);
  const hash = pbkdf2Sync(password.normalize('NFC'), Buffer.from(salt, 'hex'), 1_000, 32, 'sha256');
  return { hash: hash.toString('hex'), salt, rounds: 1_000 };
}

/** Starts `gate.py`; `constants` take the place of its own, so that nothing waits for minutes. */
export async function startGate(
  cleanup: Cleanup,
  options: {
    readonly service: number;
    readonly grants: readonly GrantFile[];
    readonly id?: string;
    readonly constants?: Readonly<Record<string, number>>;
    readonly python?: string;
    readonly more?: Partial<GateFile>;
  },
): Promise<GateLab> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-gate-'));
  cleanup.later(() => rm(folder, { recursive: true, force: true }));
  const own = Object.entries(options.constants ?? {}).map(([name, value]) => `${name} = ${value}\n`);
  writeFileSync(
    join(folder, 'gate.py'),
    gateSource.replace('\n\nclass Refused', () => `${own.join('')}\n\nclass Refused`),
  );
  const port = await freePort();
  let written: GateFile = {
    id: options.id ?? 'gatelab',
    name: 'web',
    port,
    addresses: ['127.0.0.1'],
    service: { host: '127.0.0.1', port: options.service },
    page: gatePages(
      { en: words.en.gatePage, 'zh-CN': words['zh-CN'].gatePage },
      { name: 'web', grants: [...options.grants] },
    ),
    grants: [...options.grants],
    ...options.more,
  };
  const write = () => writeFileSync(join(folder, 'gate.json'), JSON.stringify(written), { mode: 0o600 });
  write();
  const child = startChild([options.python ?? systemPython, '-I', '-u', join(folder, 'gate.py')]);
  cleanup.later(() => child.kill());
  await until('the gate to listen', () => {
    if (child.hasExited()) throw new Error(child.output());
    return child.output().includes('listens on');
  });
  return {
    port,
    pid: child.pid,
    folder,
    file: () => written,
    change(part) {
      written = { ...written, ...part };
      write();
    },
    log: () => child.output(),
    read: (name) => readFileSync(join(folder, name), 'latin1'),
    signed(grant, issued, end) {
      const said = [written.id, grant.id, grant.hash ?? '', `${issued}.${end}`].join('|');
      const mac = createHmac('sha256', readFileSync(join(folder, 'secret'))).update(said);
      return `${grant.id}.${issued}.${end}.${mac.digest('base64url')}`;
    },
    kill: () => child.kill(),
  };
}

/** A service that notes every connection and byte, and answers everything with `inside`. */
export async function startRecorder(cleanup: Cleanup) {
  const heard: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => socket.destroy());
    socket.on('data', (data) => {
      heard.push(data.toString('latin1'));
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\ninside');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.later(() => void server.close());
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => heard.join(''),
    connections: () => connections,
  };
}

/**
 * Sends these bytes as they are and gives what came back until the gate ended, or was silent for `quietMs` after its
 * first answer.
 */
export function raw(
  port: number,
  bytes: string | Buffer,
  { quietMs = 150, end = false } = {},
): Promise<string> {
  return new Promise((resolve) => {
    const got: Buffer[] = [];
    let quiet: NodeJS.Timeout | undefined;
    const socket: Socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const done = () => {
      clearTimeout(quiet);
      clearTimeout(limit);
      socket.destroy();
      resolve(Buffer.concat(got).toString('latin1'));
    };
    const limit = setTimeout(done, 10_000);
    socket.on('error', done).on('end', done).on('close', done);
    socket.on('data', (data) => {
      got.push(data);
      clearTimeout(quiet);
      quiet = setTimeout(done, quietMs);
    });
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    if (end) socket.end();
  });
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
