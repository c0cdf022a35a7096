import { afterEach, expect, it } from 'vitest';
import { createCleanup, runGearway, startRecordingProxy } from '../testing/index.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

it('the command line asks the platform by the proxy that the environment names, and no resolver', async () => {
  const proxy = cleanup.add(await startRecordingProxy());
  const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, GEARWAY_TOKEN: 'eyJ0eXAi.not.one' };
  const command = cleanup.add(runGearway(['ls'], { env }));
  expect(await command.status()).toBe(1);
  expect(proxy.asked.length).toBeGreaterThan(0);
  expect(new Set(proxy.asked)).toEqual(new Set(['openbayes.com:443']));
  expect(command.notes()).toContain(
    `The proxy 127.0.0.1:${proxy.port} that this computer uses does not connect to`,
  );
});

it('the local platform is never asked by a proxy', async () => {
  const proxy = cleanup.add(await startRecordingProxy());
  const env = { ALL_PROXY: `http://127.0.0.1:${proxy.port}` };
  const command = cleanup.add(runGearway(['ls', '--demo', '--json'], { env }));
  expect(await command.status()).toBe(0);
  expect(proxy.asked).toEqual([]);
});
