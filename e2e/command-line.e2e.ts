import { createCleanup, runGearway, until } from '../main/testing/index.ts';
import { expect, test } from './support/test.ts';

const cleanup = createCleanup();
test.afterEach(() => cleanup.run());
test.use({ words: ['--demo'] });

test('a terminal asks the Gearway that runs in its window, and the window shows what it did', async ({
  app,
}) => {
  const { page, folder } = app;
  const gearway = async (...args: readonly string[]) => {
    const command = cleanup.add(runGearway([...args, '--json', '--user-data-dir', folder]));
    expect(await command.status()).toBe(0);
    return command.lines();
  };
  expect((await gearway('status'))[0]).toMatchObject({ running: true, host: 'window', user: 'demo' });
  const shown = await until('the services', async () => {
    const names = (await gearway('ls')).map(({ name }) => String(name));
    return names.includes('redis') && names;
  });
  for (const name of shown) await expect(page.getByText(name, { exact: true }).first()).toBeAttached();

  const [opened] = await gearway('tunnel', 'open', 'redis');
  const local = String(opened?.local);
  expect(local).toMatch(/^127\.0\.0\.1:\d+$/);
  const address = page.getByRole('listitem', { name: 'redis', exact: true }).locator('code');
  await expect(address).toHaveText(local);
  await gearway('tunnel', 'close', 'redis');
  await expect(address).toHaveCount(0);
});
