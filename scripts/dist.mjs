// @ts-check
// `npm run dist`: what can be built on this system of the packages that people install, in release/.
import { runCommand } from './parts/main.mjs';
import { inRoot } from './parts/paths.mjs';
import { runShown } from './parts/run.mjs';
import { StepFailed } from './parts/step-failed.mjs';
import { debianPackage } from './steps/debian-package.mjs';

await runCommand(async () => {
  if (process.platform !== 'linux')
    throw new StepFailed('npm run dist makes a Debian package, and for that it needs Linux with dpkg-deb.');
  const packed = await runShown(process.execPath, [inRoot('scripts', 'pack.mjs')]);
  if (packed !== 0) return packed;
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`;
  const file = await debianPackage({
    unpacked: inRoot('release', `linux${suffix}-unpacked`),
    arch: process.arch,
    into: inRoot('release'),
  });
  process.stdout.write(`${file}\n`);
  return 0;
});
