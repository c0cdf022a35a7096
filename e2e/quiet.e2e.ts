import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { canIsolate, until } from '../main/testing/index.ts';
import { makeFolder } from './support/desktop-app.ts';
import { openWatchedMachine } from './support/watched-machine.ts';

/** As long as the promise says. */
const watchMs = 60_000;

test.skip(!canIsolate(), 'needs network namespaces');

test('in its first minute the application asks for no name and contacts no address', async () => {
  test.setTimeout(watchMs + 60_000);
  const machine = await openWatchedMachine();
  const [first, demo] = [await makeFolder(), await makeFolder()];
  const start = (folder: string, ...words: readonly string[]) =>
    machine.start(
      [
        process.env.GEARWAY_ELECTRON ?? '',
        process.cwd(),
        '--no-sandbox',
        `--user-data-dir=${folder}`,
        ...words,
      ],
      { env: { GEARWAY_READY_FILE: join(folder, 'ready') } },
    );
  try {
    // The recorder hears what is there to be heard.
    await machine.start(['getent', 'hosts', 'heard.example']).exited;
    await until('the name that was asked for', () => machine.names().includes('heard.example'));
    const heard = `${machine.host}:9`;
    const send = `import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('${machine.host}', 9))`;
    await machine.start(['/usr/bin/python3', '-c', send]).exited;
    await until('the address that was contacted', () => machine.addresses().includes(heard));

    const apps = [start(first.path), start(demo.path, '--demo')];
    for (const { path } of [first, demo])
      await until(
        `the first screen: ${apps.map((app) => app.output()).join()}`,
        () => existsSync(join(path, 'ready')),
        {
          deadlineMs: 40_000,
        },
      );
    // Nothing tells that something does not come: the minute is what is promised.
    await new Promise((resolve) => setTimeout(resolve, watchMs));
    expect(apps.map((app) => app.hasExited())).toEqual([false, false]);
    expect(machine.names()).toEqual(['heard.example']);
    expect(machine.addresses()).toEqual([heard]);
  } finally {
    await machine.stop();
    await Promise.all([first.remove(), demo.remove()]);
  }
});
