import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Instance, knownInstances } from '../../../shared/model/instance.ts';
import type { BayesAccount } from '../../../shared/model/session.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Secret } from '../base/secret.ts';
import { readOrigin, readToken } from '../platform/index.ts';

/** One account of the `bayes` command, with its token, which never goes to the window. */
export interface BayesEntry extends BayesAccount {
  readonly token?: Secret;
}

const text = z.string().nullish();
/** The command's own file: a list of environments (its published source, `settings.py`). Unknown keys pass. */
const fileSchema = z
  .array(
    z.looseObject({
      name: z.string().min(1),
      endpoint: z.string().min(1),
      isDefault: z.boolean().nullish(),
      username: text,
      token: text,
      orgName: text,
    }),
  )
  .nullable();

/**
 * Reads the accounts that the `bayes` command is signed in to; a file that is not there holds none. Errors:
 * `bayes_config_invalid`. The file is only read: the command keeps its account.
 */
export async function readBayesConfig(file: string): Promise<Result<readonly BayesEntry[]>> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return absent ? ok([]) : fail('bayes_config_invalid');
  }
  return readBayesText(content);
}

/** Ten accounts are a kilobyte. The reader of YAML takes the square of some texts: what is longer is not given to it. */
const mostCharacters = 8_000;

/** The accounts in the file of the `bayes` command. `bayes_config_invalid`. Pure. */
export function readBayesText(content: string): Result<readonly BayesEntry[]> {
  if (content.length > mostCharacters) return fail('bayes_config_invalid');
  let value: unknown;
  try {
    value = parse(content);
  } catch {
    return fail('bayes_config_invalid');
  }
  const read = fileSchema.safeParse(value ?? null);
  if (!read.success) return fail('bayes_config_invalid');
  return ok(
    (read.data ?? []).flatMap((environment) => {
      const origin = readOrigin(environment.endpoint);
      if (!origin.ok) return [];
      const token = environment.token ? readToken(environment.token) : undefined;
      const user = environment.username || undefined;
      const party = environment.orgName || undefined;
      return [
        {
          name: environment.name.toLowerCase(),
          origin: origin.value,
          user,
          party: party === user ? undefined : party,
          instance: knownInstanceAt(origin.value) === undefined ? 'unknown' : 'known',
          hasToken: token?.ok === true,
          isDefault: environment.isDefault === true,
          token: token?.ok ? token.value : undefined,
        } as const,
      ];
    }),
  );
}

/** The public instance with this origin. */
export const knownInstanceAt = (origin: string): Instance | undefined =>
  Object.values(knownInstances).find((instance) => instance.origin === origin);
