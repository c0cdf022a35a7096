import { type ParseArgsConfig, parseArgs } from 'node:util';
import { err, ok, type Result } from '../../shared/result.ts';

/** Reads the words of a command, or gives Node's line on what is wrong with them. */
export function readOptions<T extends ParseArgsConfig>(
  config: T,
): Result<ReturnType<typeof parseArgs<T>>, string> {
  try {
    return ok(parseArgs(config));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
