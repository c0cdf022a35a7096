import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { Bridge } from '../shared/contract/bridge.ts';
import { channels } from '../shared/contract/bridge.ts';
import type { EngineState, Snapshot } from '../shared/contract/state.ts';
import type { Result } from '../shared/result.ts';
import { words } from '../shared/words/index.ts';
import { openScreen } from './app-screen.ts';
import type { Measurement, Series } from './run.ts';
import { readLongLog } from './ui-log.ts';
import { crowdedState, firstName, probedAgain } from './ui-state.ts';
import { goAndWait, scrollThrough, typeInto, type Watched, watchWindow } from './ui-watch.ts';

/** How often everything is measured, each time in an application started anew. */
const runs = 3;
const changes = 1_000;
const changesMs = 10_000;
/** Containers with three services each: a usual account, and more than anybody has. */
const crowds = [17, 500] as const;

/**
 * The window under load. It gets whole states and changes as the engine sends them, made here: 1,000 changes in 10 s
 * while about 50 and while 1,500 services are listed; then with 1,500 the time to a usable list, scrolling through it
 * and narrowing it down, and the same for the page of their 500 containers. Before that, in the real application, a log
 * of a million lines that grows. An empty Electron window at rest is the floor that this machine allows.
 */
export const measure: Measurement = async ({ signal, say }) => {
  const executablePath = process.env.GEARWAY_ELECTRON;
  if (executablePath === undefined) throw new Error('Run this by: npm run bench -- ui');
  const work = await mkdtemp(join(tmpdir(), 'gearway-bench-'));
  const screen = await openScreen();
  const values = new Map<string, number[]>();
  const note = (label: string, ...taken: readonly number[]) =>
    values.set(label, [...(values.get(label) ?? []), ...taken]);
  const start = (app: string, name: string) =>
    _electron.launch({
      executablePath,
      args: [
        app,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--user-data-dir=${join(work, name)}`,
        '--lang=en-US',
        '--demo',
      ],
      env: { ...(process.env as Record<string, string>), DISPLAY: screen.display },
    });
  try {
    for (let run = 1; run <= runs; run++) {
      signal.throwIfAborted();
      say(`run ${run} of ${runs}: an empty window at rest`);
      const empty = await start(resolve('bench/empty-app'), `empty-${run}`);
      const emptyPage = await empty.firstWindow();
      const rest = await watchWindow(emptyPage, () => emptyPage.waitForTimeout(changesMs));
      note('empty window at rest, longest frame', rest.longestFrame);
      await empty.close();

      signal.throwIfAborted();
      const app = await start(process.cwd(), `gearway-${run}`);
      try {
        const page = await app.firstWindow();
        await page.getByRole('heading', { name: words.en.services.title, exact: true }).waitFor();
        say(`run ${run} of ${runs}: a long log`);
        const log = await readLongLog(app, page);
        note('log of 1000000 lines, longest frame', log.longestFrame);
        note('log of 1000000 lines, tasks over 50 ms', log.longTasks.length);
        note('log of 1000000 lines, longest of them', Math.max(0, ...log.longTasks));
        note('log of 1000000 lines, memory of the window', log.peakMb);
        await page.getByRole('button', { name: words.en.services.title, exact: true }).click();
        signal.throwIfAborted();
        const takeOver = await takeOverEngine(app, page);
        for (const containers of crowds) {
          const services = containers * 3;
          say(`run ${run} of ${runs}: ${services} services`);
          note(`${services} services, until they can be used`, await takeOver.show(containers));
          const { longestFrame, longTasks } = await takeOver.change(containers);
          note(`${services} services, ${changes} changes, longest frame`, longestFrame);
          note(`${services} services, ${changes} changes, tasks over 50 ms`, longTasks.length);
          note(`${services} services, ${changes} changes, longest of them`, Math.max(0, ...longTasks));
          signal.throwIfAborted();
        }
        const scrolled = await watchWindow(page, () => scrollThrough(page));
        note('1500 services, scrolling, longest frame', scrolled.longestFrame);
        note(
          '1500 services, a letter in the filter',
          ...(await typeInto(page, words.en.services.filter, 'web-500-14')),
        );
        const containersPage = words.en.containers.title;
        note('500 containers, until they can be used', await goAndWait(page, containersPage, 'lab-0'));
        const far = await watchWindow(page, () => scrollThrough(page));
        note('500 containers, scrolling, longest frame', far.longestFrame);
        note(
          '500 containers, a letter in the filter',
          ...(await typeInto(page, words.en.containerList.filter, 'lab-14')),
        );
      } finally {
        await app.close();
      }
    }
    return [...values].map(([label, taken]) => seriesOf(label, taken));
  } finally {
    await screen.close();
    await rm(work, { recursive: true, force: true });
  }
};

/** What a series must keep, and its unit, by the end of its name; all others are times. */
const targets: readonly { readonly end: string; readonly most: number; readonly unit?: string }[] = [
  { end: 'tasks over 50 ms', most: 0, unit: 'tasks' },
  { end: 'memory of the window', most: 200, unit: 'MB' },
  { end: 'until they can be used', most: 1_000 },
  { end: 'scrolling, longest frame', most: 50 },
  { end: 'a letter in the filter', most: 50 },
];

function seriesOf(label: string, values: readonly number[]): Series {
  const target = targets.find(({ end }) => label.endsWith(end));
  if (target === undefined) return { label, unit: 'ms', values };
  const { most, unit = 'ms' } = target;
  return { label, unit, values, target: { of: 'value', most } };
}

interface TakenOver {
  /** Gives the window a whole new state; the ms until its first service stands in the list, painted, and can be pressed. */
  show(containers: number): Promise<number>;
  change(containers: number): Promise<Watched>;
}

/** From here on the window hears this measurement in place of the engine. */
async function takeOverEngine(app: ElectronApplication, page: Page): Promise<TakenOver> {
  const answer = (await page.evaluate(() =>
    (window as unknown as { readonly gearway: Bridge }).gearway.request('state.get', {}, 900_001),
  )) as Result<Snapshot<'engine'>>;
  if (!answer.ok) throw new Error(answer.error.code);
  const known = answer.value.state;
  await app.evaluate(({ ipcMain, BrowserWindow }, names) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    const send = contents.send.bind(contents);
    contents.send = () => {};
    const bench = { snapshot: undefined as unknown, send: (change: unknown) => send(names.change, change) };
    Object.assign(globalThis, { bench });
    ipcMain.removeHandler(names.request);
    ipcMain.handle(names.request, (_event, name) =>
      name === 'state.get' ? { ok: true, value: bench.snapshot } : { ok: false, error: { code: 'internal' } },
    );
  }, channels);

  let epoch = 0;
  const snapshotOf = (state: EngineState): Snapshot<'engine'> => ({
    side: 'engine',
    epoch: `bench-${epoch}`,
    revision: 1,
    state,
  });

  return {
    async show(containers) {
      epoch += 1;
      await app.evaluate(
        (_electron, snapshot) => {
          (globalThis as unknown as { bench: { snapshot: unknown } }).bench.snapshot = snapshot;
        },
        snapshotOf(crowdedState(known, containers)),
      );
      await page.evaluate((first) => {
        const { gearway } = window as unknown as { readonly gearway: Bridge };
        const painted = new Promise<number>((done) => {
          const off = gearway.onChange(() => {
            off();
            const from = performance.now();
            requestAnimationFrame(function look() {
              if (document.querySelector(`main li[aria-label="${first}"]`) === null)
                requestAnimationFrame(look);
              // The frame in which it stands is painted before the next task.
              else setTimeout(() => done(performance.now() - from));
            });
          });
        });
        Object.assign(window, { benchPainted: painted });
      }, firstName(containers));
      await tell(app, { epoch: `bench-${epoch}`, revision: 1 });
      return page.evaluate(() => (window as unknown as { benchPainted: Promise<number> }).benchPainted);
    },
    async change(containers) {
      const services = Object.values(crowdedState(known, containers).services);
      const sent = Array.from({ length: changes }, (_, round) => {
        const service = services[(round * 13) % services.length];
        return service === undefined ? undefined : probedAgain(service, round);
      });
      return watchWindow(page, () =>
        app.evaluate(
          async (_electron, { members, name, everyMs }) => {
            const { bench } = globalThis as unknown as { bench: { send(change: unknown): void } };
            const from = Date.now();
            for (const [index, member] of members.entries()) {
              const put = { services: { [member?.id ?? '']: member } };
              bench.send({ side: 'engine', epoch: name, revision: index + 2, set: {}, put });
              const early = from + (index + 1) * everyMs - Date.now();
              if (early > 0) await new Promise((next) => setTimeout(next, early));
            }
          },
          { members: sent, name: `bench-${epoch}`, everyMs: changesMs / changes },
        ),
      );
    },
  };
}

const tell = (app: ElectronApplication, change: { readonly epoch: string; readonly revision: number }) =>
  app.evaluate((_electron, { epoch, revision }) => {
    const { bench } = globalThis as unknown as { bench: { send(change: unknown): void } };
    bench.send({ side: 'engine', epoch, revision, set: {} });
  }, change);
