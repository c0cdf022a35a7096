import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { mostLogPart } from './launcher.ts';
import type { Launcher } from './types.ts';

/**
 * Writes a service's whole log as it is now into a file of this folder, in parts, so that its size does not matter.
 * A file that was not finished is removed. `log_not_saved`, and the errors of `Launcher.log`.
 */
export async function saveLog(
  launcher: Launcher,
  id: string,
  options: { readonly folder: string; readonly name: string; readonly signal: AbortSignal },
): Promise<Result<{ readonly file: string; readonly bytes: number }>> {
  const name = options.name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80) || 'service';
  const file = join(options.folder, `${name}.log`);
  let finished = false;
  try {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const out = await open(file, 'w', 0o600);
    try {
      let from = 0;
      let end: number | undefined;
      for (;;) {
        const part = await launcher.log(id, { from, most: mostLogPart }, options.signal);
        if (!part.ok) return part;
        // What is written while it is being saved belongs to the next time.
        end ??= part.value.size;
        await out.writeFile(part.value.text);
        if (part.value.to <= from || part.value.to >= end) break;
        from = part.value.to;
      }
      finished = true;
      return ok({ file, bytes: end });
    } finally {
      await out.close();
      if (!finished) await rm(file, { force: true });
    }
  } catch (error) {
    return fail('log_not_saved', { detail: String(error).slice(0, 200) });
  }
}
