import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** One entry of a tray's menu, as a panel gets it. */
export interface MenuEntry {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly separator: boolean;
  readonly entries: readonly MenuEntry[];
}

export interface TrayItem {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly tooltip: string;
  /** Width and height of each picture. */
  readonly icons: readonly (readonly [number, number])[];
  readonly entries: readonly MenuEntry[];
}

export interface ShownNotification {
  readonly app: string;
  readonly title: string;
  readonly body: string;
  readonly actions: readonly string[];
}

/** A D-Bus session of its own, with a panel for tray items and a server of notifications. Linux only. */
export interface DesktopSession {
  /** What the application needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  tray(): Promise<readonly TrayItem[]>;
  /** Chooses an entry of the last item's menu. */
  press(entry: MenuEntry): Promise<void>;
  /** A click with the main button on the last item. */
  activate(): Promise<void>;
  notifications(): Promise<readonly ShownNotification[]>;
  /** Presses an action of the notification at this place in the list. */
  act(number: number, action: string): Promise<void>;
  stop(): Promise<void>;
}

/** Debian's own Python: another one in the path would not find the package `python3-gi`. */
const python = '/usr/bin/python3';

const beside = (name: string): string => join(import.meta.dirname, name);

export async function startDesktopSession(): Promise<DesktopSession> {
  const config = `--config-file=${beside('desktop-session.conf')}`;
  const daemon = spawn('dbus-daemon', [config, '--nofork', '--print-address=1'], {
    // As root it complains of a limit that it may not raise.
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address = ''] = await firstLine(daemon.stdout);
  if (address === '') throw new Error('dbus-daemon did not start.');
  const peer = spawn(python, [beside('desktop-session.py'), address], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(peer.stdout)[Symbol.asyncIterator]();
  const answer = async () => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error('The desktop of the test has ended.');
    const said = JSON.parse(value) as { readonly value?: unknown; readonly error?: string };
    if (said.error !== undefined) throw new Error(said.error);
    return said.value;
  };
  await answer();
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: answers carry no number. */
  const order = (asked: object): Promise<unknown> => {
    const next = last.then(() => {
      peer.stdin.write(`${JSON.stringify(asked)}\n`);
      return answer();
    });
    last = next.catch(() => undefined);
    return next;
  };
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: address },
    tray: () => order({ do: 'tray' }) as Promise<readonly TrayItem[]>,
    press: async ({ id }) => void (await order({ do: 'press', id })),
    activate: async () => void (await order({ do: 'activate' })),
    notifications: () => order({ do: 'notifications' }) as Promise<readonly ShownNotification[]>,
    act: async (number, action) => void (await order({ do: 'act', number, action })),
    async stop() {
      const ended = [once(peer, 'exit'), once(daemon, 'exit')];
      peer.stdin.end();
      daemon.kill();
      await Promise.all(ended);
    },
  };
}

/** Nothing, where the stream ends before a line. */
async function firstLine(stream: Readable): Promise<readonly string[]> {
  const lines = createInterface(stream);
  return (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as string[];
}
