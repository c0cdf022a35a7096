import { createGraphQLError } from 'graphql-yoga';

/** An error as the platform writes it: a sentence, a code, and details where there are any. */
export const problem = (message: string, code: string, details?: object) =>
  createGraphQLError(message, { extensions: { code, ...(details === undefined ? {} : { details }) } });
