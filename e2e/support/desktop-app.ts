import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Bridge } from '../../shared/contract/bridge.ts';
import type {
  RequestAnswer,
  RequestInput,
  RequestName,
  RequestResult,
} from '../../shared/contract/requests.ts';

// The second of two tests at a time has a screen of its own.
if (process.env.TEST_PARALLEL_INDEX === '1')
  Object.assign(process.env, {
    DISPLAY: process.env.GEARWAY_OTHER_DISPLAY,
    XAUTHORITY: process.env.GEARWAY_OTHER_XAUTHORITY,
  });

/** The application from its built files, with a folder of its own. */
export interface DesktopApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly folder: string;
  /** Asks through the window's own door. */
  ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>>;
  /** As `ask`, for an answer that must be good. */
  get<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestAnswer<N>>;
  /** Quits in order and waits until everything has ended. */
  quit(): Promise<void>;
}

export async function makeFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'gearway-e2e-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Starts this command line with what every test needs, and does not wait for a window. */
export function launch(options: {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<ElectronApplication> {
  const [checkout = '', ...words] = options.args;
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return _electron.launch({
    executablePath: options.program,
    args: [checkout, ...asRoot, `--user-data-dir=${options.folder}`, '--lang=en-US', ...words],
    env: { ...(process.env as Record<string, string>), ...options.env },
  });
}

export async function startApp(options: {
  readonly folder: string;
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}): Promise<DesktopApp> {
  const { folder } = options;
  const executablePath = process.env.GEARWAY_ELECTRON;
  if (executablePath === undefined) throw new Error('Run this by: npm run test:e2e');
  const electron = await launch({
    ...options,
    program: executablePath,
    args: [process.cwd(), ...(options.words ?? [])],
  });
  const page = await electron.firstWindow();
  await page.waitForFunction(() => 'gearway' in window);
  let calls = 1_000_000;
  const ask = <N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>> =>
    page.evaluate(
      ([asked, carried, call]) =>
        (window as unknown as { readonly gearway: Bridge }).gearway.request(asked, carried, call),
      [name, input, calls++] as const,
    ) as Promise<RequestResult<N>>;
  return {
    electron,
    page,
    folder,
    ask,
    async get(name, input) {
      const result = await ask(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
      return result.value;
    },
    quit: () => electron.close(),
  };
}

/** Answers the questions of the system from now on, as a person presses; gives what was asked. */
export async function answerQuestions(
  { electron }: DesktopApp,
  agree: boolean,
): Promise<() => Promise<readonly string[]>> {
  await electron.evaluate(
    ({ dialog }, response) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = async (...args: unknown[]) => {
        const { message, detail = '' } = args.at(-1) as Electron.MessageBoxOptions;
        asked.push(`${message} ${detail}`);
        return { response, checkboxChecked: false };
      };
    },
    agree ? 0 : 1,
  );
  return () =>
    electron.evaluate(() => (globalThis as unknown as { readonly asked: readonly string[] }).asked);
}
