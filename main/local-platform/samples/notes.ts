import { createServer, type Server } from 'node:http';
import { page } from './page.ts';

/** A page that listens on the loopback address only: mapped, and yet the public address answers 502. */
export const notes = (): Server =>
  createServer((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(
        page(
          'Notes',
          '<p>This service listens on 127.0.0.1 only. Its mapping cannot reach it; a tunnel does, and so does the local address.</p>',
        ),
      );
  });
