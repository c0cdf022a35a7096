import type { IpcMain, WebFrameMain } from 'electron';
import { channels } from '../../shared/contract/bridge.ts';
import { isRequestName, mostPictureCharacters, type RequestName } from '../../shared/contract/requests.ts';
import { fail } from '../../shared/result.ts';
import { appOrigin } from './app-scheme.ts';
import type { Dispatch } from './dispatch.ts';
import { weigh } from './weigh.ts';

/** More than any request of ours carries; a larger one is no request of ours. */
const mostCharacters = 100_000;
/** Those that carry more: a picture, a file of recipes, a whole conversation, fields of 16 KB each. */
const larger: Readonly<Partial<Record<RequestName, number>>> = {
  'shell.saveComparison': mostPictureCharacters,
  'recipes.take': 4_000_000,
  'recipes.save': 400_000,
  'launch.start': 400_000,
  'launch.preview': 400_000,
  'llm.chat': 4_000_000,
};
const mostOf = (name: RequestName): number => mostCharacters + (larger[name] ?? 0);

/** The one place where the window's requests come in. It checks who asks and how large it is; the dispatch does the rest. */
export function openContractDoor(options: {
  readonly ipc: Pick<IpcMain, 'handle' | 'on'>;
  readonly mainFrame: () => WebFrameMain | undefined;
  readonly dispatch: Pick<Dispatch, 'take'>;
  readonly onReady: () => void;
  /** The page has followed the command of this number. */
  readonly onFollowed: (number: number) => void;
}): void {
  const { ipc } = options;
  const running = new Map<number, AbortController>();
  const trusted = (frame: WebFrameMain | null): boolean =>
    frame !== null && frame === options.mainFrame() && frame.url.startsWith(`${appOrigin}/`);

  ipc.handle(channels.request, async (event, name: unknown, input: unknown, callId: unknown) => {
    if (!trusted(event.senderFrame) || !isRequestName(name) || typeof callId !== 'number')
      return fail('bad_request');
    if (weigh(input, mostOf(name)) > mostOf(name)) return fail('bad_request');
    const controller = new AbortController();
    running.set(callId, controller);
    try {
      return await options.dispatch.take(name, input, controller.signal);
    } finally {
      running.delete(callId);
    }
  });

  ipc.on(channels.cancel, (event, callId: unknown) => {
    if (trusted(event.senderFrame) && typeof callId === 'number') running.get(callId)?.abort();
  });
  ipc.on(channels.ready, (event) => {
    if (trusted(event.senderFrame)) options.onReady();
  });
  ipc.on(channels.followed, (event, number: unknown) => {
    if (trusted(event.senderFrame) && typeof number === 'number') options.onFollowed(number);
  });
}
