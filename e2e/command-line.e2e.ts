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
  // The window is drawn before the engine has opened its door to other programs.
  await until('the door', async () => {
    const command = cleanup.add(runGearway(['status', '--user-data-dir', folder]));
    return (await command.status()) === 0;
  });
  expect((await gearway('status'))[0]).toMatchObject({ running: true, host: 'window', user: 'demo' });
  const row = page.getByRole('listitem', { name: 'notes', exact: true });
  await expect(row).toBeVisible();
  await until('the service', async () => (await gearway('ls')).some(({ name }) => name === 'notes'));

  const [opened] = await gearway('tunnel', 'open', 'notes');
  const local = String(opened?.local);
  expect(local).toMatch(/^127\.0\.0\.1:\d+$/);
  // How long the tunnel takes, in the place of its state.
  await expect(row).toContainText(/Tunnel\s*[\d.]+\s*m?s/);
  await gearway('tunnel', 'close', 'notes');
  await expect(row).toContainText(/Tunnel\s*closed/);
});
