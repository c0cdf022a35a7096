import { z } from 'zod';
import { mappingSchema } from './container.ts';

/** A set of mappings that are wanted together. Its names are wishes: one that is taken gets a number. */
export const mappingTemplateSchema = z.strictObject({
  id: z.string().min(1).max(100),
  /** Shown as it is: names of programs, or what the person typed. */
  title: z.string().trim().min(1).max(100),
  mappings: z.array(mappingSchema).min(1).max(5),
});
export type MappingTemplate = z.infer<typeof mappingTemplateSchema>;
