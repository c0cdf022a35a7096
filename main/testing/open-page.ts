import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const resultSchema = z.object({
  /** Errors in the page's console. */
  errors: z.array(z.string()),
  value: z.unknown().optional(),
  title: z.string().optional(),
  failed: z.string().optional(),
});
type OpenedPage = z.infer<typeof resultSchema>;

/**
 * Opens a page in the real browser (Electron's, on a screen in memory) and runs `action` in it, a script whose promise
 * gives what is returned; `console.log('GEARWAY-PRESS Right')` presses a key of the keyboard where the focus is. Needs `GEARWAY_ELECTRON`, which the script of the suite sets.
 */
export function openPage(url: string, action: string, deadlineMs = 90_000): Promise<OpenedPage> {
  const electron = process.env.GEARWAY_ELECTRON ?? 'electron';
  const main = fileURLToPath(new URL('./open-page-main.cjs', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn('xvfb-run', ['-a', electron, '--no-sandbox', '--disable-gpu', main], {
      env: {
        ...process.env,
        GEARWAY_PAGE: JSON.stringify({ url, action, deadlineMs }),
        ELECTRON_RUN_AS_NODE: undefined,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-100_000);
      });
    child.on('error', reject);
    child.on('close', () => {
      const line = /^GEARWAY (.*)$/m.exec(said)?.[1];
      if (line === undefined) reject(new Error(`The page said nothing: ${said.slice(-2_000)}`));
      else resolve(resultSchema.parse(JSON.parse(line)));
    });
  });
}
