import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';

interface PortHolder {
  readonly program: string;
  readonly pid: number;
}

/** Longer than this nobody waits to read whose port it is. */
const deadlineMs = 2_000;

/** Which program listens on a local TCP port, as far as the system tells this user; never fails. */
export async function portHolder(
  port: number,
  system: NodeJS.Platform = process.platform,
): Promise<PortHolder | undefined> {
  try {
    if (system === 'linux') return await onLinux(port);
    if (system === 'darwin')
      return readLsof(await output('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']));
    if (system === 'win32') {
      const find = `Get-NetTCPConnection -State Listen -LocalPort ${port} | Select-Object -First 1 OwningProcess`;
      const script = `Get-Process -Id (${find}).OwningProcess | ForEach-Object { "$($_.Id) $($_.ProcessName)" }`;
      return readPidAndName(
        await output('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]),
      );
    }
  } catch {
    // Other users' programs cannot be seen.
  }
  return undefined;
}

/** The socket's inode from the kernel's table, then the process that has it open (proc(5)). */
async function onLinux(port: number): Promise<PortHolder | undefined> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'latin1').catch(() => '')),
  );
  const inodes = new Set(
    tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`),
  );
  if (inodes.size === 0) return undefined;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of open) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (!inodes.has(target)) continue;
      return { program: (await readFile(`/proc/${pid}/comm`, 'utf8')).trim(), pid: Number(pid) };
    }
  }
  return undefined;
}

/** Inodes of the sockets that listen on `port`: state 0A in a table of `/proc/net/tcp`. */
export function listeningInodes(table: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === '0A' && local?.endsWith(`:${hex}`) === true && inode !== undefined ? [inode] : [];
  });
}

/** `lsof -F pc`: a line `pPID`, a line `cNAME`. */
export function readLsof(text: string): PortHolder | undefined {
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  const program = /^c(.+)$/m.exec(text)?.[1];
  return pid === undefined || program === undefined ? undefined : { program, pid: Number(pid) };
}

/** `PID NAME`. */
export function readPidAndName(text: string): PortHolder | undefined {
  const found = /^(\d{1,15}) (\S.*)$/m.exec(text);
  return found?.[2] === undefined ? undefined : { pid: Number(found[1]), program: found[2].trim() };
}

const output = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(program, [...args], { timeout: deadlineMs, windowsHide: true }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
