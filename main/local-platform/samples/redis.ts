import { createServer, type Server } from 'node:net';
import { readCommand } from './resp.ts';

const mostKeys = 10_000;

/** Speaks enough of Redis for `redis-cli` and a client library to feel at home. Keys live as long as the container. */
export function redis(): Server {
  const keys = new Map<string, string>();
  return createServer({ noDelay: true }, (socket) => {
    let waiting: Buffer = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      for (;;) {
        const read = readCommand(waiting);
        if (read.kind === 'incomplete') return;
        if (read.kind === 'invalid') {
          socket.end(`-ERR Protocol error: ${read.message}\r\n`);
          return;
        }
        waiting = waiting.subarray(read.used);
        if (read.words.length === 0) continue;
        socket.write(answer(read.words, keys));
        if (read.words[0]?.toUpperCase() === 'QUIT') {
          socket.end();
          return;
        }
      }
    });
  });
}

const bulk = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

function answer(words: readonly string[], keys: Map<string, string>): string {
  const [name = '', ...args] = words;
  const [first, second] = args;
  const wrong = `-ERR wrong number of arguments for '${safe(name.toLowerCase())}' command\r\n`;
  switch (name.toUpperCase()) {
    case 'PING':
      return first === undefined ? '+PONG\r\n' : bulk(first);
    case 'ECHO':
      return first === undefined ? wrong : bulk(first);
    case 'SET':
      if (first === undefined || second === undefined) return wrong;
      if (!keys.has(first) && keys.size >= mostKeys) return '-OOM command not allowed, too many keys\r\n';
      keys.set(first, second);
      return '+OK\r\n';
    case 'GET': {
      if (first === undefined) return wrong;
      const value = keys.get(first);
      return value === undefined ? '$-1\r\n' : bulk(value);
    }
    case 'DEL':
      return first === undefined ? wrong : `:${args.filter((key) => keys.delete(key)).length}\r\n`;
    case 'DBSIZE':
      return `:${keys.size}\r\n`;
    case 'INFO':
      return bulk(
        '# Server\r\nredis_version:7.0.0\r\nredis_mode:standalone\r\nexecutable:gearway-sample\r\n',
      );
    case 'COMMAND':
      return '*0\r\n';
    case 'SELECT':
    case 'QUIT':
      return '+OK\r\n';
    default:
      return `-ERR unknown command '${safe(name)}'\r\n`;
  }
}

/** What comes back in an error must stay on its line. */
const safe = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 60);
