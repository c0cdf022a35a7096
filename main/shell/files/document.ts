import type { z } from 'zod';

/**
 * What a kind of file holds and how it came to that shape. Version 1 is the first shape there ever was (files of
 * that time carry no number); migration `i` is pure and takes content from version `i + 1` to `i + 2`.
 */
export interface Format<T> {
  readonly schema: z.ZodType<T> & { readonly shape: Readonly<Record<string, z.ZodType>> };
  readonly migrations: readonly ((content: Readonly<Record<string, unknown>>) => Record<string, unknown>)[];
}

/** One file as it lies on the disk. */
interface Document {
  readonly version: number;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What was found in a file, and what may be done with it. */
export type Reading<T> =
  | { readonly kind: 'read'; readonly value: T }
  /** Some of it could not be read: those keys have their defaults now. */
  | { readonly kind: 'damaged'; readonly value: T; readonly lost: readonly string[] }
  /** A later Gearway wrote it: it must not be overwritten. */
  | { readonly kind: 'newer'; readonly value: T };

const versionOf = (format: Pick<Format<unknown>, 'migrations'>): number => format.migrations.length + 1;

/** Reads a document of any version. `undefined` is a file that is not there yet. */
export function readDocument<T>(found: unknown, format: Format<T>): Reading<T> {
  if (found === undefined) return { kind: 'read', value: format.schema.parse({}) };
  const document = documentOf(found);
  if (document === undefined)
    return { kind: 'damaged', value: format.schema.parse({}), lost: Object.keys(format.schema.shape) };
  if (document.version > versionOf(format))
    return { kind: 'newer', value: readFields(document.content, format).value };
  let { content } = document;
  for (const migrate of format.migrations.slice(document.version - 1)) content = migrate(content);
  const { value, lost } = readFields(content, format);
  return lost.length === 0 ? { kind: 'read', value } : { kind: 'damaged', value, lost };
}

/** A value as its file holds it, under the newest version of its format. */
export const writeDocument = <T>(value: T, format: Format<T>): Document => ({
  version: versionOf(format),
  content: value as Readonly<Record<string, unknown>>,
});

function documentOf(found: unknown): Document | undefined {
  if (!isRecord(found)) return undefined;
  const version = found.version ?? 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return undefined;
  return isRecord(found.content) ? { version, content: found.content } : undefined;
}

/** Field by field: one that is wrong takes its default and leaves the others alone. */
function readFields<T>(
  content: Readonly<Record<string, unknown>>,
  { schema }: Format<T>,
): { readonly value: T; readonly lost: readonly string[] } {
  const good: Record<string, unknown> = {};
  const lost: string[] = [];
  for (const [key, field] of Object.entries(schema.shape)) {
    if (!Object.hasOwn(content, key)) continue;
    const read = field.safeParse(content[key]);
    if (read.success) good[key] = read.data;
    else lost.push(key);
  }
  return { value: schema.parse(good), lost };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
