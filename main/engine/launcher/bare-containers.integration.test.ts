import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, openMachine, startSshServer, until } from '../../testing/index.ts';
import {
  bareEnvironment,
  createLaunchLab,
  left,
  listening,
  need,
  newPort,
  signal,
  stateOf,
} from './testing/launching.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const lab = createLaunchLab(cleanup);

describe('a container', () => {
  it.each<[string, () => readonly string[]]>([
    ['whose login shell is fish', () => [`ForceCommand exec fish -c "$SSH_ORIGINAL_COMMAND"`]],
    ['whose login shell is dash', () => [`ForceCommand exec dash -c "$SSH_ORIGINAL_COMMAND"`]],
    ['without setsid, ss, lsof and bash', () => [bareEnvironment(lab.bareBin())]],
  ])('%s takes it all', async (_what, options) => {
    const folder = lab.newFolder();
    const own = cleanup.add(await openMachine());
    const bare = cleanup.add(await startSshServer({ machine: own, options: options() }));
    const { launcher, ssh } = lab.engine(bare, folder);
    const port = newPort();
    const id = await lab.start(launcher, { recipe: 'static', values: { port, folder } });
    const seen = await until(`its port, ${id}`, async () =>
      (await listening(ssh, 'c', signal())).find((listens) => listens.port === Number(port)),
    );
    expect(seen).toMatchObject({ bind: 'loopback' });
    expect(seen.command).toContain(`http.server --bind=127.0.0.1 ${port}`);
    await bare.kill('sessions');
    const second = lab.engine(bare, folder);
    expect(await stateOf(second.launcher, id)).toMatchObject({ kind: 'running' });
    expect(need(await second.launcher.search(id, 'serving http', signal()))[0]?.line).toBeGreaterThan(0);
    need(await second.launcher.stop(id, { force: false }, signal()));
    expect(left(`--bind=127.0.0.1 ${port}`.replaceAll(' ', '\0'))).toEqual([]);
  });
});
