import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type Page } from 'playwright';
import type { SshServer } from '../main/testing/index.ts';
import { median } from '../shared/comparison/median.ts';
import type { Bridge } from '../shared/contract/bridge.ts';
import type { RequestAnswer, RequestInput, RequestName, RequestResult } from '../shared/contract/requests.ts';
import { words } from '../shared/words/index.ts';
import { openScreen } from './app-screen.ts';
import type { Series } from './run.ts';
import { download } from './tunnel-loads.ts';

const letters = 120;
const letterMs = 40;
const bulkBytes = 64 * 1024 * 1024;

/**
 * The real application, whose engine carries downloads through a tunnel one after the other while somebody types: how
 * long each key waits until the window hears it (`performance.now()` less the event's time), at rest and under load.
 */
export async function windowUnderLoad(options: {
  readonly server: SshServer;
  /** Sends without end. */
  readonly source: number;
  readonly runs: number;
  readonly signal: AbortSignal;
}): Promise<readonly Series[]> {
  const { server, source, runs, signal } = options;
  const executablePath = process.env.GEARWAY_ELECTRON;
  if (executablePath === undefined) throw new Error('Run this by: npm run bench -- tunnel');
  const work = await mkdtemp(join(tmpdir(), 'gearway-bench-'));
  const screen = await openScreen();
  const app = await _electron.launch({
    executablePath,
    args: [
      process.cwd(),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${work}`,
      '--lang=en-US',
    ],
    env: { ...(process.env as Record<string, string>), DISPLAY: screen.display },
  });
  try {
    const page = await app.firstWindow();
    await page.waitForFunction(() => 'gearway' in window);
    const port = await openForward(page, server, source);
    const { connections: said } = words.en;
    await page.getByRole('button', { name: said.firstAction, exact: true }).click();
    await page.getByRole('button', { name: said.add, exact: true }).click();
    const rest: number[] = [];
    const loaded: number[] = [];
    const typical: number[] = [];
    const rates: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      signal.throwIfAborted();
      rest.push(Math.max(...(await type(page, said.paste))));
      let isOver = false;
      const load = (async () => {
        while (!isOver) rates.push(await download(port, bulkBytes));
      })();
      const delays = await type(page, said.paste);
      isOver = true;
      await load;
      loaded.push(Math.max(...delays));
      typical.push(median(delays) ?? Number.NaN);
    }
    const base = 'input delay at rest, longest';
    const meanwhile = 'download meanwhile, Gearway';
    return [
      { label: base, unit: 'ms', values: rest, base },
      {
        label: 'input delay under load, longest',
        unit: 'ms',
        values: loaded,
        base,
        target: { of: 'value', most: 50 },
      },
      { label: 'input delay under load, median', unit: 'ms', values: typical, base },
      { label: meanwhile, unit: 'MB/s', values: rates, base: meanwhile },
    ];
  } finally {
    await app.close();
    await screen.close();
    await rm(work, { recursive: true, force: true });
  }
}

async function openForward(page: Page, server: SshServer, source: number): Promise<number> {
  let call = 1_000_000;
  const ask = async <N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>> => {
    call += 1;
    return page.evaluate(
      ([asked, carried, number]) =>
        (window as unknown as { readonly gearway: Bridge }).gearway.request(asked, carried, number),
      [name, input, call] as const,
    ) as Promise<RequestResult<N>>;
  };
  const get = async <N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestAnswer<N>> => {
    const answer = await ask(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
    return answer.value as RequestAnswer<N>;
  };
  const command = `ssh -p ${server.port} -i ${server.keyFile} ${server.user}@127.0.0.1`;
  const { id } = await get('connections.paste', { command });
  await ask('connections.connect', { id });
  await get('connections.acceptKey', { id, fingerprint: server.fingerprint });
  await get('forwards.save', { connectionId: id, direction: 'local', forward: `0:127.0.0.1:${source}` });
  const { state } = await get('state.get', {});
  const port = state.connections[id]?.forwards[0]?.port;
  if (port === undefined) throw new Error('no forward');
  return port;
}

/** Types into a field and gives for each key the ms until the window heard it. */
async function type(page: Page, field: string): Promise<readonly number[]> {
  await page.evaluate(() => {
    const delays: number[] = [];
    const note = (event: Event) => void delays.push(performance.now() - event.timeStamp);
    document.addEventListener('keydown', note, { capture: true });
    Object.assign(window, {
      benchDelays: () => {
        document.removeEventListener('keydown', note, { capture: true });
        return delays;
      },
    });
  });
  const input = page.getByLabel(field);
  await input.fill('');
  await input.pressSequentially('ssh root@host -p 31612 '.repeat(10).slice(0, letters), { delay: letterMs });
  return page.evaluate(() => (window as unknown as { benchDelays(): number[] }).benchDelays());
}
