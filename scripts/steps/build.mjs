// @ts-check
import { chmodSync, existsSync } from 'node:fs';
import { inRoot } from '../parts/paths.mjs';
import { withProgress } from '../parts/progress.mjs';
import { runOrFail } from '../parts/run.mjs';
import { fingerprintOfTrees } from '../parts/stamps.mjs';
import { stamps } from './checkout-stamps.mjs';

const stamp = 'build';
const sources = [
  'main',
  'preload',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
].map((name) => inRoot(name));
const results = ['main/start.js', 'main/gearway.js', 'preload/index.cjs', 'renderer/index.html'].map((name) =>
  inRoot('out', name),
);

/**
 * Builds `out/` when a source changed since the last build, or always.
 * @param {{ always?: boolean }} [options]
 */
export async function build({ always = false } = {}) {
  const fingerprint = fingerprintOfTrees(sources, (path) => !/\.test\.tsx?$/.test(path));
  if (!always && stamps.matches(stamp, fingerprint) && results.every((file) => existsSync(file))) return;
  stamps.clear(stamp);
  const bundler = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  await withProgress('Building', () =>
    runOrFail(process.execPath, [bundler, 'build'], { purpose: 'The build' }),
  );
  chmodSync(inRoot('out', 'main', 'gearway.js'), 0o755);
  stamps.write(stamp, fingerprint);
}
