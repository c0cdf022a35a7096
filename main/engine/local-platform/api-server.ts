import { createServer, type Server } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { serveFaults } from './fault-door.ts';
import type { EdgeFaults } from './faults.ts';
import type { Caller, createResolvers } from './resolvers.ts';
import { sameText } from './same-text.ts';
import { sdl } from './sdl.ts';

/** The API at `/gateway`, over HTTP. */
export function createApiServer(options: {
  readonly token: string;
  readonly resolvers: ReturnType<typeof createResolvers>;
  readonly faults: EdgeFaults;
}): Server {
  const yoga = createYoga<Record<string, never>, Caller>({
    schema: createSchema({ typeDefs: sdl, resolvers: options.resolvers as never }),
    graphqlEndpoint: '/gateway',
    graphiql: false,
    landingPage: false,
    logging: false,
    cors: false,
    context: ({ request }) => ({
      signedIn: sameText(request.headers.get('authorization') ?? '', `Bearer ${options.token}`),
    }),
  });
  return createServer((request, response) => {
    // The platform answers nobody who does not say where the request comes from.
    if (request.headers.origin === undefined) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('Invalid CORS request');
      return;
    }
    if (serveFaults(request, response, options)) return;
    if ((request.url ?? '').split('?')[0] !== '/gateway') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
      return;
    }
    void yoga(request, response);
  });
}
