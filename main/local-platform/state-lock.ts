import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';

/**
 * Takes a state folder for this process: two platforms in one folder would write over each other. A lock whose process
 * is gone is taken over. Errors: `state_folder_busy` {folder}, `state_folder_unwritable` {folder}.
 */
export function lockStateFolder(folder: string): Result<{ release(): void }> {
  const params = { folder };
  const path = join(folder, 'platform.lock');
  const own = `${process.pid} ${beginOf(process.pid)}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (let round = 0; round < 3; round += 1) {
      try {
        const file = openSync(path, 'wx', 0o600);
        writeSync(file, own);
        closeSync(file);
        return ok({ release: () => rmSync(path, { force: true }) });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (isHeld(path)) return fail('state_folder_busy', { params });
        rmSync(path, { force: true });
      }
    }
    return fail('state_folder_busy', { params });
  } catch (error) {
    return fail('state_folder_unwritable', { params, detail: (error as NodeJS.ErrnoException).code });
  }
}

function isHeld(path: string): boolean {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return false;
  }
  const [pid, begin] = text.split(' ');
  const number = Number(pid);
  // Between its making and its first byte it is empty, and held.
  if (text === '') return true;
  if (!Number.isInteger(number) || number <= 0) return false;
  try {
    process.kill(number, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  // A number may have been given to another process since.
  const now = beginOf(number);
  return now === '' || begin === '' || now === begin;
}

/** When a process began, in ticks since this machine did (proc(5), field 22); empty where the system does not tell. */
function beginOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
