import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type AppStart, type StartedApp, startUntilReady } from './app-start.ts';
import { megabytesOf, secondsOf, statOf } from './proc.ts';
import type { MeasurementInput, Series } from './run.ts';

/** Work of the start (first probes, code caches) is over after this long, in ms. */
const settleMs = 20_000;
/** One minute at rest, in windows of this length. */
const windowMs = 12_000;
const windows = 5;
const services = 50;

/** Memory (PSS of all processes) and processor time at rest, of the empty window and of Gearway in turn. Linux only. */
export async function restOf(
  input: MeasurementInput & {
    readonly empty: AppStart;
    readonly gearway: AppStart;
    readonly work: string;
    readonly display: string;
  },
): Promise<readonly Series[]> {
  const { empty, display, signal, say } = input;
  const gearway = await withServices(input);
  const series: Series[] = [];
  for (const app of [empty, gearway]) {
    const running = await startUntilReady({ ...app, display, signal });
    try {
      say(`at rest: ${app.label}, ${(settleMs + windows * windowMs) / 1_000} s`);
      await pause(settleMs, undefined, { signal });
      const { memory, cpu } = await watch(running, signal);
      const ours = app !== empty;
      series.push({
        label: `${app.label}, memory`,
        unit: 'MB',
        values: memory,
        base: `${empty.label}, memory`,
        ...(ours ? { target: { of: 'ratio', most: 1.4 } } : {}),
      });
      series.push({
        label: `${app.label}, idle`,
        unit: '% of a core',
        values: cpu,
        base: `${empty.label}, idle`,
        ...(ours ? { target: { of: 'value', most: 0.5 } } : {}),
      });
    } finally {
      await running.stop();
    }
  }
  return series.toSorted((a, b) => (a.unit < b.unit ? 1 : a.unit > b.unit ? -1 : 0));
}

/** A folder in which the local platform is open and one container has so many services, added by hand. */
async function withServices({
  gearway,
  work,
  display,
  signal,
}: {
  readonly gearway: AppStart;
  readonly work: string;
  readonly display: string;
  readonly signal: AbortSignal;
}): Promise<AppStart> {
  const folder = join(work, 'fifty');
  const args = [
    ...gearway.args.filter((arg) => !arg.startsWith('--user-data-dir=')),
    `--user-data-dir=${folder}`,
  ];
  const first = await startUntilReady({ ...gearway, args: [...args, '--demo'], display, signal });
  const file = join(folder, 'memory.json');
  try {
    while (!(await readFile(file, 'utf8').catch(() => '')).includes('"containerId"'))
      await pause(200, undefined, { signal });
  } finally {
    await first.stop();
  }
  const document = JSON.parse(await readFile(file, 'utf8')) as {
    readonly content: { services: { readonly containerId: string }[] };
  };
  const { content } = document;
  const containerId = content.services[0]?.containerId ?? '';
  for (let port = 9_000; content.services.length < services; port++)
    content.services.push({ containerId, port, name: `service-${port}`, byHand: true } as never);
  await writeFile(file, JSON.stringify(document));
  return { ...gearway, label: `${gearway.label}, ${services} services`, args };
}

async function watch(
  { pid }: StartedApp,
  signal: AbortSignal,
): Promise<{ readonly memory: readonly number[]; readonly cpu: readonly number[] }> {
  const memory: number[] = [];
  const cpu: number[] = [];
  let before = await secondsOf(await treeOf(pid));
  for (let i = 0; i < windows; i++) {
    const start = performance.now();
    await pause(windowMs, undefined, { signal });
    const tree = await treeOf(pid);
    const after = await secondsOf(tree);
    cpu.push(((after - before) * 100_000) / (performance.now() - start));
    before = after;
    memory.push(await megabytesOf(tree));
  }
  return { memory, cpu };
}

/** A process and everything that it started. */
async function treeOf(root: number): Promise<readonly number[]> {
  const children = new Map<number, number[]>();
  for (const name of await readdir('/proc')) {
    const parent = /^\d+$/.test(name) ? (await statOf(Number(name)))?.parent : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}
