import type { IpcMain, WebFrameMain } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { channels } from '../../shared/contract/bridge.ts';
import { ok } from '../../shared/result.ts';
import type { Dispatch } from './dispatch.ts';

vi.mock('electron', () => ({ protocol: {} }));
const { openContractDoor } = await import('./contract-door.ts');

const frame = (url: string) => ({ url }) as WebFrameMain;
const home = frame('app://gearway/');

type Listener = (event: { senderFrame: WebFrameMain | null }, ...words: unknown[]) => unknown;

/** A door with a dispatch that keeps what reaches it and answers when it is told to. */
function setup() {
  const listeners = new Map<string, Listener>();
  const listen = (channel: string, listener: unknown) => listeners.set(channel, listener as Listener);
  const asked: { readonly name: string; readonly input: unknown; readonly signal?: AbortSignal }[] = [];
  const dispatch: Pick<Dispatch, 'take'> = {
    async take(name, input, signal) {
      asked.push({ name, input, signal });
      return name === 'containers.refresh'
        ? new Promise((resolve) => signal?.addEventListener('abort', () => resolve(ok('given up'))))
        : ok('answered');
    },
  };
  let readies = 0;
  const followed: number[] = [];
  openContractDoor({
    ipc: { handle: listen, on: listen } as unknown as Pick<IpcMain, 'handle' | 'on'>,
    mainFrame: () => home,
    dispatch,
    onReady: () => {
      readies += 1;
    },
    onFollowed: (number) => followed.push(number),
  });
  const say =
    (channel: string) =>
    (senderFrame: WebFrameMain | null, ...words: unknown[]) =>
      listeners.get(channel)?.({ senderFrame }, ...words);
  return {
    request: say(channels.request),
    cancel: say(channels.cancel),
    ready: say(channels.ready),
    follow: say(channels.followed),
    followed,
    asked,
    readies: () => readies,
  };
}

const refused = { ok: false, error: { code: 'bad_request' } };

describe('the door of the window', () => {
  it('lets in what the page asks', async () => {
    const { request, asked } = setup();
    expect(await request(home, 'state.get', {}, 1)).toEqual(ok('answered'));
    expect(asked).toMatchObject([{ name: 'state.get', input: {} }]);
  });

  it.each([
    ['nobody', null],
    ['another frame of our page', frame('app://gearway/')],
    ['a frame of a stranger', frame('https://evil.example/')],
  ])('lets in nothing of %s', async (_who, sender) => {
    const { request, cancel, ready, follow, followed, asked, readies } = setup();
    follow(sender, 7);
    follow(home, '7');
    expect(followed).toEqual([]);
    follow(home, 7);
    expect(followed).toEqual([7]);
    expect(await request(sender, 'state.get', {}, 1)).toMatchObject(refused);
    const waiting = request(home, 'containers.refresh', {}, 2);
    cancel(sender, 2);
    ready(sender);
    expect([asked.length, asked[0]?.signal?.aborted, readies()]).toEqual([1, false, 0]);
    cancel(home, 2);
    expect(await waiting).toEqual(ok('given up'));
  });

  it('lets in nothing of our frame once it shows another page', async () => {
    const { ready, readies } = setup();
    const own = home as { url: string };
    own.url = 'https://evil.example/app://gearway/';
    ready(home);
    own.url = 'app://gearway.evil.example/';
    ready(home);
    own.url = 'app://gearway/';
    ready(home);
    expect(readies()).toBe(1);
  });

  const circle: Record<string, unknown> = {};
  circle.self = circle;
  it.each([
    ['a name that is not in the contract', ['shell.run', {}, 1]],
    ['a name of every object', ['constructor', {}, 1]],
    ['a number of no call', ['state.get', {}, '1']],
    ['more than any request carries', ['state.get', { text: 'x'.repeat(100_001) }, 1]],
    ['a circle', ['state.get', circle, 1]],
    ['a bigint', ['state.get', { count: 1n }, 1]],
    ['a map', ['state.get', new Map([['a', 'b']]), 1]],
    ['a map inside', ['containers.refresh', { text: [new Map()] }, 1]],
    ['a buffer of 30 MB', ['state.get', new ArrayBuffer(30_000_000), 1]],
    ['bytes of 30 MB', ['state.get', { bytes: new Uint8Array(30_000_000) }, 1]],
    ['a date', ['state.get', { at: new Date() }, 1]],
    ['a list of a million holes', ['state.get', new Array(1_000_000).fill(0), 1]],
    ['a text under a long name', ['state.get', { ['k'.repeat(100_001)]: 1 }, 1]],
    [
      'a list in a list, and so on',
      ['state.get', Array.from({ length: 40 }).reduce<unknown>((inner) => [inner], []), 1],
    ],
  ])('refuses %s', async (_what, words) => {
    const { request, asked } = setup();
    expect(await request(home, ...words)).toMatchObject(refused);
    expect(asked).toEqual([]);
  });

  it('gives room to the few that carry much', async () => {
    const { request } = setup();
    const input = { text: 'x'.repeat(300_000) };
    expect(await request(home, 'launch.preview', input, 1)).toEqual(ok('answered'));
    expect(await request(home, 'launch.stop', input, 1)).toMatchObject(refused);
  });
});
