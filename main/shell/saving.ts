import { copyFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SavedKind } from '../../shared/model/saved-file.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FileKind } from './file-dialogs.ts';
import { writeAtomically } from './files/index.ts';

/** A kind of file that can be saved: how it is named, and who knows what stands in it. */
export interface SavedFile {
  /** The file's name without ending, in the language in force. */
  name(): string;
  readonly ending: string;
  readonly label: () => string;
  /** Makes what stands in it; `nothing_to_save` and whatever its maker says. */
  produce(signal: AbortSignal, subject?: string): Promise<Result<Produced>>;
}

/** A text or bytes; or, where it may be too long to be held, a file of Gearway's own that is copied and then removed. */
type Produced = string | Uint8Array | { readonly file: string };

/** Makes the content first: a person is asked for a place only when there is something to put there. */
export async function saveFile(
  file: SavedFile,
  askWhere: (kind: FileKind) => Promise<string | undefined>,
  signal: AbortSignal,
  subject?: string,
): Promise<Result<{ readonly file: string }>> {
  const produced = await file.produce(signal, subject);
  if (!produced.ok) return produced;
  const { value } = produced;
  const isFile = typeof value !== 'string' && 'file' in value;
  if (!isFile && value.length === 0) return fail('nothing_to_save');
  try {
    return await put(value);
  } finally {
    if (isFile) await rm(value.file, { force: true });
  }

  async function put(what: Produced): Promise<Result<{ readonly file: string }>> {
    const path = await askWhere({ name: file.name(), ending: file.ending, label: file.label() });
    if (path === undefined || signal.aborted) return fail('cancelled');
    const name = basename(path);
    try {
      if (typeof what !== 'string' && 'file' in what) await copyFile(what.file, path);
      else await writeAtomically(path, what);
      return ok({ file: name });
    } catch (error) {
      return fail('file_not_written', {
        params: { file: name },
        detail: (error as NodeJS.ErrnoException).code,
      });
    }
  }
}

export type SavedFiles = Readonly<Record<SavedKind, SavedFile>>;
