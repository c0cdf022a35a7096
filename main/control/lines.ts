import type { Socket } from 'node:net';

/** More than any message of ours carries, in bytes. */
export const mostLineBytes = 32 * 1024 * 1024;

/**
 * Reads one JSON value a line. What is no JSON, or a line longer than `most`, ends the connection: who sends that speaks
 * something else.
 */
export function readLines(socket: Socket, onValue: (value: unknown) => void, most = mostLineBytes): void {
  let parts: Buffer[] = [];
  let held = 0;
  socket.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const line = Buffer.concat([...parts, rest.subarray(0, end)]).toString();
      parts = [];
      held = 0;
      rest = rest.subarray(end + 1);
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        socket.destroy();
        return;
      }
      onValue(value);
      if (socket.destroyed) return;
    }
    parts.push(rest);
    held += rest.length;
    if (held > most) socket.destroy();
  });
}

export const writeLine = (socket: Socket, value: unknown): void => {
  if (!socket.destroyed) socket.write(`${JSON.stringify(value)}\n`);
};
