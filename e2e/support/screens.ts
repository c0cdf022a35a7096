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

/** `npm run screens` renews the pictures of the documents; other runs leave them as they are. */
const folder =
  process.env.GEARWAY_SCREENS === 'docs' ? join('docs', 'screens') : join('test-results', 'screens');

export async function keepScreen(page: Page, name: string, look: Look): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = `${name}-${look.size.join('x')}-${look.theme}-${look.language}.png`;
  // Nothing is pointed at.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, file), animations: 'disabled' });
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
