import { readFileSync } from 'node:fs';

/** Resident memory of a process in MiB, from `/proc`; 0 of none. */
export function residentMib(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib ?? 0) / 1024;
}
