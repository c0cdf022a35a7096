/**
 * Buffers that reads go to, used again once what they held was sent on. A fresh one for each read makes the collector run
 * for every 20 MB that pass: memory outside its heap presses on it, and each run costs as much as the heap is large.
 */
interface ReadBuffers {
  take(): Buffer;
  giveBack(buffer: Buffer): void;
}

/** As much as Node asks of the system at once. */
const bufferBytes = 64 * 1024;
/** So many wait for the next use: 4 MiB. */
const mostFree = 64;

export function createReadBuffers(): ReadBuffers {
  const free: Buffer[] = [];
  return {
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(bufferBytes),
    giveBack(buffer) {
      if (free.length < mostFree) free.push(buffer);
    },
  };
}
