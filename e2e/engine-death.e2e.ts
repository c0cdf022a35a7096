import { connect } from 'node:net';
import { expect, test } from './support/test.ts';

test.use({ words: ['--demo'] });

test('a killed engine is back within 2 s, its tunnels at their ports, and the window says so', async ({
  app,
}) => {
  const { page, electron } = app;
  // What is found late comes when no pointer rests in the list.
  await page.mouse.move(2, 2);
  await page.getByRole('button', { name: 'Open tunnel redis', exact: true }).click();
  const address = page.getByRole('listitem', { name: 'redis', exact: true }).locator('code');
  await expect(address).toHaveText(/^127\.0\.0\.1:\d+$/);
  const before = await address.textContent();

  const killedAt = Date.now();
  await electron.evaluate(({ app: electronApp }) => {
    const engine = electronApp.getAppMetrics().find(({ name }) => name === 'Gearway engine');
    if (engine === undefined) throw new Error('There is no engine to kill.');
    process.kill(engine.pid, 'SIGKILL');
  });
  await expect(page.getByText('The engine was restarted. Tunnels: 1 open again.')).toBeVisible();
  const { state } = await app.get('shell.state', {});
  expect(state.engine).toMatchObject({ kind: 'running', restarts: 1 });
  const restartedAt = state.engine.kind === 'running' ? (state.engine.restartedAt ?? 0) : 0;
  expect(restartedAt - killedAt).toBeLessThan(2_000);

  await expect(address).toHaveText(before ?? '');
  const port = Number(before?.split(':')[1]);
  await expect.poll(() => ping(port)).toBe('+PONG\r\n');

  // What is left of it: a line in the log, and a report that the person finds in the settings.
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const part = page.getByRole('region', { name: 'Log' });
  await expect(part).toContainText('1. The report for support holds the newest.');
  await part.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('dialog')).toContainText('error engine.died {"code":');
  if (process.env.GEARWAY_LOOK) await page.screenshot({ path: `${process.env.GEARWAY_LOOK}/log-shown.png` });
  await page.keyboard.press('Escape');
  if (process.env.GEARWAY_LOOK)
    await page.screenshot({ path: `${process.env.GEARWAY_LOOK}/log-settings.png` });
});

test('an exception that nothing caught is told in the log, and everything lives on', async ({ app }) => {
  const { electron } = app;
  await electron.evaluate(() => {
    setTimeout(() => {
      throw new Error('thrown on purpose, Bearer abcdefgh');
    });
    void Promise.reject(new Error('rejected on purpose'));
  });
  const log = async () => (await app.get('shell.log', {})).text;
  await expect.poll(log).toMatch(/error shell\.fault .*thrown on purpose/);
  await expect.poll(log).toMatch(/error shell\.fault .*rejected on purpose/);
  expect(await log()).not.toContain('abcdefgh');
  await expect
    .poll(async () => (await app.get('shell.state', {})).state.engine)
    .toEqual({ kind: 'running', restarts: 0 });
});

/** Sends one command to a Redis server; says what went wrong where it does not answer. */
function ping(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString());
    });
    socket.once('error', (error) => resolve(error.message));
    socket.once('close', () => resolve('closed'));
  });
}
