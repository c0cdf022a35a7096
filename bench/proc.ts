import { readFile } from 'node:fs/promises';

/** Clock ticks a second of `/proc`, the same on every Linux that Electron runs on. */
const ticksASecond = 100;

/** Of `/proc/PID/stat` (proc(5)): the parent, and the seconds spent in the program and in the system. */
export async function statOf(
  pid: number,
): Promise<{ readonly parent: number; readonly seconds: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name may hold spaces and parentheses; the fields begin after the last one.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields.length < 13
    ? undefined
    : { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / ticksASecond };
}

/** Seconds of processor time that these processes have used, all threads together. */
export const secondsOf = async (pids: readonly number[]): Promise<number> =>
  (await Promise.all(pids.map(statOf))).reduce((sum, stat) => sum + (stat?.seconds ?? 0), 0);

/** Proportional set size: what two processes share counts once. */
export async function megabytesOf(pids: readonly number[]): Promise<number> {
  let kilobytes = 0;
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
  }
  return kilobytes / 1_024;
}
