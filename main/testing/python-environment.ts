import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  folders: z.record(z.string(), z.string()),
  missing: z.record(z.string(), z.string()),
});

/** An environment of Python that the script which started this suite has made, or why it has not. */
export type PythonEnvironment =
  | { readonly there: true; program(name: string): string }
  | { readonly there: false; readonly reason: string };

export function pythonEnvironment(name: string): PythonEnvironment {
  const told = schema.safeParse(JSON.parse(process.env.GEARWAY_PYTHON ?? '{}'));
  const folder = told.data?.folders[name];
  if (folder === undefined)
    return { there: false, reason: told.data?.missing[name] ?? 'started without its script' };
  const programs = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  return { there: true, program: (program) => join(programs, program) };
}
