import { type Memory, memorySchema } from '../../../shared/model/memory.ts';
import { type Settings, settingsSchema } from '../../../shared/model/settings.ts';
import type { Format } from '../files/index.ts';

/** The settings file. A field that changes its meaning gets a migration here; a new one needs only its default. */
export const settingsFormat: Format<Settings> = { schema: settingsSchema, migrations: [] };

/** What the engine must find again. */
export const memoryFormat: Format<Memory> = { schema: memorySchema, migrations: [manyKeyFiles] };

/** Connections had one key file each. */
function manyKeyFiles(content: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { connections } = content;
  if (!Array.isArray(connections)) return { ...content };
  return {
    ...content,
    connections: connections.map((connection: unknown) => {
      if (typeof connection !== 'object' || connection === null || !('keyFile' in connection))
        return connection;
      const { keyFile, ...rest } = connection;
      return { ...rest, keyFiles: [keyFile] };
    }),
  };
}
