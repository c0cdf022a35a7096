import type { Readable } from 'node:stream';
import { Zip, ZipDeflate } from 'fflate';
import type { ObjectStore } from './object-store.ts';

/** Writes everything below a folder as one ZIP archive, piece by piece. */
export async function writeArchive(
  store: ObjectStore,
  prefix: string,
  write: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  const ready: Buffer[] = [];
  let failed: Error | undefined;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else ready.push(Buffer.from(chunk));
  });
  const flush = async () => {
    if (failed !== undefined) throw failed;
    for (const chunk of ready.splice(0)) await write(chunk);
  };
  for (const { key } of await store.list(prefix)) {
    const file = new ZipDeflate(key.slice(prefix.length + 1), { level: 1 });
    zip.add(file);
    const body: Readable = store.read(key);
    for await (const chunk of body) {
      file.push(chunk as Buffer);
      await flush();
    }
    file.push(new Uint8Array(0), true);
    await flush();
  }
  zip.end();
  await flush();
}
