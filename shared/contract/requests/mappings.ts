import { z } from 'zod';
import type { Mapping } from '../../model/container.ts';
import type { Removed } from '../../model/removed.ts';
import { mappingTemplateSchema } from '../../model/template.ts';
import type { AppError } from '../../result.ts';
import { engine, idSchema, ofContainer } from './kinds.ts';

const port = z.int().min(1).max(65535);
const mappingOf = { containerId: idSchema, port };
/** Port and name come as typed: the rules, not the schema, say what is wrong with them. */
const typedMapping = z.strictObject({
  containerId: idSchema,
  name: z.string().max(200),
  port: z.string().max(20),
});

export const mappingRequests = {
  'mappings.add': engine<null>()(typedMapping),
  'mappings.remove': engine<Removed>()(z.strictObject({ containerId: z.string().min(1), port: z.int() })),
  'mappings.discard': engine<Removed>()(ofContainer),
  'mappings.change': engine<null>()(typedMapping.extend({ oldPort: port })),
  /** To another container: the same port, under a free name. Gives the copy. */
  'mappings.copy': engine<Mapping>()(z.strictObject({ ...mappingOf, to: idSchema })),
  'mappings.move': engine<Mapping>()(z.strictObject({ ...mappingOf, to: idSchema })),
  /** A set by its id, built in or made by the person; what does not fit is left out and says why. */
  'mappings.applyTemplate': engine<{
    readonly added: readonly Mapping[];
    readonly skipped: readonly { readonly mapping: Mapping; readonly error: AppError }[];
  }>()(z.strictObject({ containerId: idSchema, templateId: z.string().min(1).max(100) })),
  /** Notes what the platform has in effect and does not tell. */
  'mappings.note': engine<null>()(typedMapping),
  'mappings.forgetNote': engine<Removed>()(z.strictObject(mappingOf)),
  /** Finds whose address was pasted: named, unnamed or of the older form. */
  'mappings.find': engine<{
    readonly containerId: string;
    readonly port: number;
    readonly form: 'named' | 'unnamed' | 'legacy';
    /** Is it a mapping that is known, or only an address of the right form? */
    readonly mapped: boolean;
  }>()(z.strictObject({ address: z.string().max(3000) })),
  /** Makes a set, or replaces the one with this id. */
  'templates.save': engine<null>()(mappingTemplateSchema),
  'templates.remove': engine<Removed>()(z.strictObject({ templateId: z.string().min(1).max(100) })),
} as const;
