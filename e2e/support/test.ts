import { test as base } from '@playwright/test';
import { type DesktopApp, makeFolder, startApp } from './desktop-app.ts';

export { expect } from '@playwright/test';
export { makeFolder, startApp } from './desktop-app.ts';

/** Tests that get the application freshly started, with a folder of its own, and ended after them. */
export const test = base.extend<{ words: readonly string[]; app: DesktopApp; opened: OpenedAddresses }>({
  words: [[], { option: true }],
  app: async ({ words }, use) => {
    const folder = await makeFolder();
    const app = await startApp({ folder: folder.path, words });
    await use(app);
    await app.quit();
    await folder.remove();
  },
  opened: async ({ app }, use) => {
    await use(await catchOpened(app));
  },
});

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
