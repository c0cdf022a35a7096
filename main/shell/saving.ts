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
  produce(signal: AbortSignal): Promise<Result<string | Uint8Array>>;
}

/** Makes the content first: a person is asked for a place only when there is something to put there. */
export async function saveFile(
  file: SavedFile,
  askWhere: (kind: FileKind) => Promise<string | undefined>,
  signal: AbortSignal,
): Promise<Result<{ readonly file: string }>> {
  const content = await file.produce(signal);
  if (!content.ok) return content;
  if (content.value.length === 0) return fail('nothing_to_save');
  const path = await askWhere({ name: file.name(), ending: file.ending, label: file.label() });
  if (path === undefined || signal.aborted) return fail('cancelled');
  const name = basename(path);
  try {
    await writeAtomically(path, content.value);
    return ok({ file: name });
  } catch (error) {
    return fail('file_not_written', {
      params: { file: name },
      detail: (error as NodeJS.ErrnoException).code,
    });
  }
}

export type SavedFiles = Readonly<Record<SavedKind, SavedFile>>;
