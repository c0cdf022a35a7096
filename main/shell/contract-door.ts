import { ipcMain, type WebFrameMain } from 'electron';
import { channels } from '../../shared/contract/bridge.ts';
import {
  type Handlers,
  isRequestName,
  type RequestInput,
  requests,
  type ShellRequestName,
} from '../../shared/contract/requests.ts';
import { fail, type Result } from '../../shared/result.ts';
import { appOrigin } from './app-scheme.ts';
import type { EngineHost } from './engine-host.ts';

/** More than any request of ours carries; a larger one is no request of ours. */
const mostCharacters = 100_000;

/**
 * The one place where the window's requests come in. It checks who asks, what is
 * asked and how large it is; the shell's own are parsed here, the engine's there.
 */
export function openContractDoor(options: {
  readonly mainFrame: () => WebFrameMain | undefined;
  readonly engine: EngineHost;
  readonly handlers: Handlers<ShellRequestName, AbortSignal>;
  readonly onReady: () => void;
  readonly onBug: (name: string, error: unknown) => void;
}): void {
  const running = new Map<number, AbortController>();
  const trusted = (frame: WebFrameMain | null): boolean =>
    frame !== null && frame === options.mainFrame() && frame.url.startsWith(`${appOrigin}/`);

  ipcMain.handle(channels.request, async (event, name: unknown, input: unknown, callId: unknown) => {
    if (!trusted(event.senderFrame) || !isRequestName(name) || typeof callId !== 'number')
      return fail('bad_request');
    if ((JSON.stringify(input)?.length ?? 0) > mostCharacters) return fail('bad_request');
    const controller = new AbortController();
    running.set(callId, controller);
    try {
      if (requests[name].where === 'engine')
        return await options.engine.request(name, input, controller.signal);
      return await answer(options.handlers, name as ShellRequestName, input, controller.signal);
    } catch (error) {
      options.onBug(name, error);
      return fail('internal');
    } finally {
      running.delete(callId);
    }
  });

  ipcMain.on(channels.cancel, (event, callId: unknown) => {
    if (trusted(event.senderFrame) && typeof callId === 'number') running.get(callId)?.abort();
  });
  ipcMain.on(channels.ready, (event) => {
    if (trusted(event.senderFrame)) options.onReady();
  });
}

async function answer<N extends ShellRequestName>(
  handlers: Handlers<ShellRequestName, AbortSignal>,
  name: N,
  input: unknown,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const parsed = requests[name].input.safeParse(input);
  if (!parsed.success) return fail('bad_request', { detail: parsed.error.issues[0]?.message });
  const handle = handlers[name] as (input: RequestInput<N>, signal: AbortSignal) => Promise<Result<unknown>>;
  return handle(parsed.data as RequestInput<N>, signal);
}
