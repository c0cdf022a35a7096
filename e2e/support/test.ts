import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { test as base } from '@playwright/test';
import { type DesktopApp, makeFolder, startApp } from './desktop-app.ts';

export { expect } from '@playwright/test';
export { makeFolder, startApp } from './desktop-app.ts';

/** Tests that get the application freshly started, with a folder of its own, and ended after them. */
export const test = base.extend<{
  words: readonly string[];
  env: Readonly<Record<string, string>>;
  app: DesktopApp;
  opened: OpenedAddresses;
}>({
  words: [[], { option: true }],
  env: [{}, { option: true }],
  app: async ({ words, env }, use, info) => {
    const folder = await makeFolder();
    const app = await startApp({ folder: folder.path, words, env });
    const said = listen(app);
    await use(app);
    // Beside the other things that are kept of a failure.
    if (info.status !== info.expectedStatus)
      await writeFile(info.outputPath('processes.txt'), `${await processesOf(app)}\n${said()}`);
    await app.quit();
    await folder.remove();
  },
  opened: async ({ app }, use) => {
    await use(await catchOpened(app));
  },
});

/** The end of what the application's processes said on their own: Chromium tells there of what it cannot do. */
function listen({ electron }: DesktopApp): () => string {
  let text = '';
  electron.process().stderr?.on('data', (part) => {
    text = `${text}${part}`.slice(-20_000);
  });
  return () => text;
}

/**
 * Which processes there are, what they do, and whether the window answers. Under load, one did not for half a minute:
 * then nothing is wrong with what the test looked for.
 */
async function processesOf({ electron, page }: DesktopApp): Promise<string> {
  const window = await inTime(page.evaluate(() => 'it answers'));
  const metrics = await inTime(electron.evaluate(({ app }) => app.getAppMetrics()));
  const told =
    typeof metrics === 'string'
      ? [metrics]
      : metrics.flatMap(({ type, name, pid, cpu }) => [
          JSON.stringify({ type, name, pid, cpu }),
          ...(process.platform === 'linux' ? threadsOf(pid) : []),
        ]);
  return [`The window: ${window}.`, ...told].join('\n');
}

/** What is not stuck answers in this time, in ms. */
const answerMs = 5_000;

/** The answer, or why there is none. */
async function inTime<T>(answer: Promise<T>): Promise<T | string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, answerMs, 'it does not answer');
  });
  const first = await Promise.race([answer.catch(String), late]);
  clearTimeout(timer);
  return first;
}

/** Name, state and processor time of each thread, by proc(5) `stat`. */
function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((id) => {
      const stat = readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8');
      const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return `${stat.slice(0, stat.lastIndexOf(')') + 1)} ${state} user ${rest[10]} system ${rest[11]}`;
    });
  } catch {
    return ['gone'];
  }
}

/** What would have gone to the person's browser. */
export interface OpenedAddresses {
  list(): Promise<readonly string[]>;
}

async function catchOpened({ electron }: DesktopApp): Promise<OpenedAddresses> {
  await electron.evaluate(({ shell }) => {
    const caught: string[] = [];
    Object.assign(globalThis, { caught });
    shell.openExternal = async (url) => {
      caught.push(url);
    };
  });
  return {
    list: () =>
      electron.evaluate(() => (globalThis as unknown as { readonly caught: readonly string[] }).caught),
  };
}
