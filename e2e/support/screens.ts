import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DesktopApp } from './desktop-app.ts';
import { expect } from './test.ts';

/** One way to look at the window. */
export interface Look {
  readonly size: readonly [width: number, height: number];
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'zh-CN';
}

export const looks: readonly Look[] = [
  { size: [1280, 800], theme: 'light', language: 'en' },
  { size: [1280, 800], theme: 'dark', language: 'zh-CN' },
  { size: [900, 640], theme: 'light', language: 'zh-CN' },
  { size: [900, 640], theme: 'dark', language: 'en' },
];

export async function setLook({ electron, page, get }: DesktopApp, look: Look): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
    look.size,
  );
  await page.emulateMedia({ colorScheme: look.theme, reducedMotion: 'reduce' });
  await get('shell.settings', { language: look.language });
  await expect(page.locator('html')).toHaveAttribute('lang', look.language);
}

/** `npm run screens` keeps them from run to run. */
const folder = process.env.GEARWAY_SCREENS ?? join('test-results', 'screens');
const docs = join(import.meta.dirname, '..', '..', 'docs');

/** What the documents show, by name without its ending. */
const shown = new Set(
  ['../README.md', 'user-guide.md'].flatMap((file) =>
    [...readFileSync(join(docs, file), 'utf8').matchAll(/screens\/([\w-]+)\.webp/g)].map(([, name]) => name),
  ),
);

export async function keepScreen(page: Page, name: string, look: Look): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = `${name}-${look.size.join('x')}-${look.theme}-${look.language}`;
  // Nothing is pointed at.
  await page.mouse.move(0, 0);
  const picture = await page.screenshot({ path: join(folder, `${file}.png`), animations: 'disabled' });
  if (process.env.GEARWAY_RENEW_DOCS === '1' && shown.has(file))
    await writeFile(join(docs, 'screens', `${file}.webp`), await asWebp(page, picture));
}

/** A third of the size: every picture of the documents stays in the history for good. */
async function asWebp(page: Page, png: Buffer): Promise<Buffer> {
  const webp = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
  }, png.toString('base64'));
  return Buffer.from(webp);
}

/** The picture as the window has it: of a page that is zoomed, Playwright takes a part only. */
export async function keepZoomedScreen({ electron }: DesktopApp, name: string, look: Look): Promise<void> {
  await mkdir(folder, { recursive: true });
  const picture = await electron.evaluate(async ({ BrowserWindow }) =>
    (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64'),
  );
  const file = `${name}-${look.size.join('x')}-${look.theme}-${look.language}.png`;
  await writeFile(join(folder, file), Buffer.from(picture ?? '', 'base64'));
}
