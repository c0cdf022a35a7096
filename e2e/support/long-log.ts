import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { type Bridge, channels } from '../../shared/contract/bridge.ts';
import type { Snapshot } from '../../shared/contract/state.ts';
import type { Result } from '../../shared/result.ts';

/** Starts a service on the local platform's `vision-lab` by the window's own door. */
export async function startServiceInLab(page: Page, name: string): Promise<void> {
  await page.evaluate(async (called) => {
    const { gearway } = window as unknown as { readonly gearway: Bridge };
    const answer = (await gearway.request('state.get', {}, 910_001)) as Result<Snapshot<'engine'>>;
    if (!answer.ok) throw new Error(answer.error.code);
    const lab = Object.values(answer.value.state.containers).find((one) => one.name === 'vision-lab');
    const order = { containerId: lab?.id, recipe: 'static', name: called, values: { port: '9300' } };
    const started = await gearway.request('launch.start', order, 910_002);
    if (!started.ok) throw new Error(started.error.code);
  }, name);
}

/** From here on a log has so many lines of 80 bytes, and a thousand more each second; it is searched in no time. */
export async function giveLongLog(electron: ElectronApplication, lines: number): Promise<void> {
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
        const all = count + (Date.now() - began);
        const ok = (value: unknown) => Promise.resolve({ ok: true, value });
        if (name === 'launch.search') {
          const line = Number(/\d+/.exec(text)?.[0]);
          return ok([{ line: line + 1, at: line * width, text: lineOf(line) }]);
        }
        if (name !== 'launch.log') return real?.(event, name, input, call);
        const room = Math.floor(most / width);
        const first = from < 0 ? all - room : Math.ceil(from / width);
        const last = Math.min(all, first + room);
        let said = '';
        for (let index = first; index < last; index += 1) said += lineOf(index);
        return ok({ from: first * width, to: last * width, size: all * width, text: said });
      });
    },
    [channels.request, lines] as const,
  );
}

/** Scrolls up again and again until this text, the first of all, stays in sight. */
export const readUpTo = (log: Locator, first: string): Promise<void> =>
  log.evaluate(
    (element, wanted) =>
      new Promise<void>((done, fail) => {
        let times = 0;
        let atTop = 0;
        const again = () => {
          times += 1;
          // What was just put before the rest may be drawn for a moment before its place is right.
          const isThere = element.scrollTop === 0 && element.textContent?.includes(wanted) === true;
          atTop = isThere ? atTop + 1 : 0;
          if (atTop > 5) done();
          else if (times > 12_000) fail(new Error(`never came to: ${wanted}`));
          else {
            element.scrollTop = 0;
            element.dispatchEvent(new Event('scroll', { bubbles: true }));
            setTimeout(again, 10);
          }
        };
        again();
      }),
    first,
  );

/** Scrolls by the whole length of what is there, in 120 frames. */
export const sweep = (log: Locator): Promise<void> =>
  log.evaluate(async (element) => {
    const frames = 120;
    for (let done = 1; done <= frames; done += 1) {
      element.scrollTop = (element.scrollHeight * done) / frames;
      await new Promise(requestAnimationFrame);
    }
  });
