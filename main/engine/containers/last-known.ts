import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { dataBindingSchema, mappingSchema } from '../../../shared/model/container.ts';
import type { Clock, Log } from '../base/effects.ts';
import type { PlatformContainer } from '../platform/index.ts';

/** What was last seen of an account, kept on disk, so that the application shows something when offline. No secret is in it. */
export interface LastKnown {
  read(): Promise<{ readonly at: number; readonly containers: readonly PlatformContainer[] } | undefined>;
  /** Gathered: written a few seconds later, once for many. */
  write(containers: readonly PlatformContainer[], at: number): void;
  /** Writes what waits. */
  flush(): Promise<void>;
}

/** For those who keep nothing. */
export const noLastKnown: LastKnown = {
  read: async () => undefined,
  write: () => {},
  flush: async () => {},
};

const gatherMs = 5000;

const stored = z.object({
  version: z.literal(1),
  at: z.number(),
  containers: z.array(
    z.object({
      id: z.string().min(1),
      projectId: z.string(),
      name: z.string(),
      mode: z.string(),
      status: z.union([
        z.object({ kind: z.literal('running') }),
        z.object({ kind: z.literal('pending'), raw: z.string() }),
        z.object({
          kind: z.literal('ended'),
          how: z.enum(['succeeded', 'failed', 'cancelled']),
          ending: z.literal(true).optional(),
        }),
      ]),
      runId: z.string(),
      startedAt: z.number().optional(),
      createdAt: z.number().optional(),
      endsAt: z.number().optional(),
      resource: z.string().optional(),
      runtime: z.string().optional(),
      size: z.number().optional(),
      command: z.string().optional(),
      dataBindings: z.array(dataBindingSchema).optional(),
      consoleUrl: z.string().optional(),
      mappings: z.union([z.array(mappingSchema), z.literal('unknown')]),
      addresses: z.array(z.object({ port: z.number(), url: z.url() })).optional(),
      ssh: z.object({ user: z.string(), host: z.string(), port: z.number() }).optional(),
    }),
  ),
});

/** One file for each `key`, which names account and party; `undefined` for nobody. */
export function createLastKnown(options: {
  readonly folder: string;
  readonly key: () => string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}): LastKnown {
  const { clock, log } = options;
  let waiting: { readonly file: string; readonly text: string } | undefined;
  let stopTimer: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();

  const fileOf = (key: string) =>
    join(options.folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);

  function flush(): Promise<void> {
    stopTimer?.();
    stopTimer = undefined;
    const todo = waiting;
    waiting = undefined;
    if (todo === undefined) return writing;
    writing = writing
      .then(async () => {
        await mkdir(options.folder, { recursive: true, mode: 0o700 });
        await writeFile(`${todo.file}.new`, todo.text, { mode: 0o600 });
        await rename(`${todo.file}.new`, todo.file);
      })
      .catch((error: unknown) => log('warn', 'lastKnown.notKept', { error: String(error) }));
    return writing;
  }

  return {
    async read() {
      const key = options.key();
      if (key === undefined) return undefined;
      await flush();
      try {
        const parsed = stored.safeParse(JSON.parse(await readFile(fileOf(key), 'utf8')));
        return parsed.success ? parsed.data : undefined;
      } catch {
        return undefined;
      }
    },
    write(containers, at) {
      const key = options.key();
      if (key === undefined) return;
      const shown = containers.map(({ password: _secret, ...container }) => container);
      waiting = { file: fileOf(key), text: JSON.stringify({ version: 1, at, containers: shown }) };
      stopTimer ??= clock.after(gatherMs, () => void flush());
    },
    flush,
  };
}
