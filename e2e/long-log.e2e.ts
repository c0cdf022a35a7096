import type { ElectronApplication } from '@playwright/test';
import { channels } from '../shared/contract/bridge.ts';
import { expect, test } from './support/test.ts';

test.use({ words: ['--demo'] });

const lineCount = 1_000_000;

/** Answers for the container as if its log had a million lines and got a thousand more each second. */
async function giveLongLog(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(
    ({ ipcMain }, [channel, count]) => {
      type Handler = (...parts: readonly unknown[]) => unknown;
      const handlers = (ipcMain as unknown as { readonly _invokeHandlers: Map<string, Handler> })
        ._invokeHandlers;
      const real = handlers.get(channel);
      const width = 80;
      const began = Date.now();
      const lineOf = (index: number) =>
        `${`step ${index} loss 0.${String(index).padStart(7, '0')}`.padEnd(width - 1, '.')}\n`;
      handlers.set(channel, (event, name, input, call) => {
        const { from, most, text } = input as { from: number; most: number; text: string };
        const lines = count + (Date.now() - began);
        const ok = (value: unknown) => Promise.resolve({ ok: true, value });
        if (name === 'launch.search') {
          const line = Number(/\d+/.exec(text)?.[0]);
          return ok([{ line: line + 1, at: line * width, text: lineOf(line) }]);
        }
        if (name !== 'launch.log') return real?.(event, name, input, call);
        const room = Math.floor(most / width);
        const first = from < 0 ? lines - room : Math.ceil(from / width);
        const last = Math.min(lines, first + room);
        let said = '';
        for (let index = first; index < last; index += 1) said += lineOf(index);
        return ok({ from: first * width, to: last * width, size: lines * width, text: said });
      });
    },
    [channels.request, lineCount] as const,
  );
}

test('a log of a million lines is followed, read to its beginning and searched', async ({ app }, info) => {
  test.setTimeout(240_000);
  const { page, electron } = app;
  await page.getByRole('button', { name: 'Containers', exact: true }).click();
  await page.getByRole('button', { name: /^vision-lab/ }).click();
  await expect(page.getByRole('heading', { name: 'vision-lab' })).toBeVisible();
  const { state } = await app.get('state.get', {});
  const lab = Object.values(state.containers).find(({ name }) => name === 'vision-lab');
  const { id } = await app.get('launch.start', {
    containerId: lab?.id ?? '',
    recipe: 'static',
    name: 'training',
    values: { port: '9300' },
  });
  expect(id).toContain('static-');
  await giveLongLog(electron);
  await page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) =>
      long.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: 'longtask',
    });
  });
  const longest = async (what: string) => {
    const tasks = await page.evaluate(() =>
      (window as unknown as { readonly long: number[] }).long.splice(0),
    );
    const description = `${what}: ${tasks.length} over 50 ms, longest ${Math.round(Math.max(0, ...tasks))} ms`;
    info.annotations.push({ type: 'tasks', description });
  };
  await page.getByRole('button', { name: 'Log of training' }).click();
  const log = page.getByRole('region', { name: 'Log of training' });
  await expect(log).toContainText(/step 100\d{4} loss/);
  await longest('opened');
  const residentMb = () =>
    electron.evaluate(
      ({ app: electronApp }) =>
        (electronApp.getAppMetrics().find(({ type }) => type === 'Tab')?.memory.workingSetSize ?? 0) / 1e3,
    );
  const residentBefore = await residentMb();
  // It follows: later lines come into sight by themselves.
  const lastSeen = async () => Number(/.*step (\d+) /s.exec((await log.textContent()) ?? '')?.[1]);
  const before = await lastSeen();
  await expect.poll(lastSeen).toBeGreaterThan(before + 2_000);
  await longest('followed');

  // Upwards, until everything is there.
  await log.evaluate(
    (element) =>
      new Promise<void>((done) => {
        let times = 0;
        let atTop = 0;
        const again = () => {
          times += 1;
          // What was just put before the rest may be drawn for a moment before its place is right.
          atTop =
            element.scrollTop === 0 && element.textContent?.includes('step 0 loss') === true ? atTop + 1 : 0;
          if (atTop > 5 || times > 8_000) {
            done();
            return;
          }
          element.scrollTop = 0;
          element.dispatchEvent(new Event('scroll', { bubbles: true }));
          setTimeout(again, 10);
        };
        again();
      }),
  );
  await expect(log).toContainText('step 0 loss');
  await longest('read to its beginning');
  await log.evaluate(
    (element) =>
      new Promise<void>((done) => {
        let times = 0;
        const step = () => {
          times += 1;
          element.scrollTop = (element.scrollHeight * times) / 120;
          if (times < 120) requestAnimationFrame(step);
          else done();
        };
        step();
      }),
  );
  await longest('scrolled through');

  await page.getByRole('searchbox').fill('step 500000');
  await page.getByRole('button', { name: /^Line 500001/ }).click();
  await expect(log).toContainText('step 500000 loss');
  await longest('searched');
  const heap = await page.evaluate(
    () =>
      (performance as unknown as { readonly memory: { readonly usedJSHeapSize: number } }).memory
        .usedJSHeapSize,
  );
  const resident = await residentMb();
  info.annotations.push({
    type: 'memory',
    description: `heap ${Math.round(heap / 1e6)} MB, process ${Math.round(residentBefore)} → ${Math.round(resident)} MB`,
  });
  process.stdout.write(`${info.annotations.map(({ description }) => description).join('\n')}\n`);
});
