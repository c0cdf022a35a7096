import { z } from 'zod';

/** The envelope of every GraphQL answer (GraphQL over HTTP), with the error extensions that the platform adds. */
export const wireAnswer = z
  .looseObject({
    data: z.record(z.string(), z.unknown()).nullish(),
    errors: z
      .array(
        z.looseObject({
          message: z.string().catch(''),
          path: z.array(z.unknown()).nullish().catch(undefined),
          extensions: z
            .looseObject({ code: z.string().nullish().catch(undefined), details: z.unknown().optional() })
            .nullish()
            .catch(undefined),
        }),
      )
      .nullish(),
  })
  .refine((answer) => (answer.data ?? undefined) !== undefined || (answer.errors?.length ?? 0) > 0);

type WireAnswer = z.infer<typeof wireAnswer>;
export type WireError = NonNullable<WireAnswer['errors']>[number];
