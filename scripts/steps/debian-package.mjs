// @ts-check
import { chmod, copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from '../parts/paths.mjs';
import { runCaptured, runOrFail } from '../parts/run.mjs';
import { debianControl } from './debian-control.mjs';

/** By Node's name of a processor. */
const architectures = new Map([
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
]);

/**
 * Lays an unpacked application out as Debian keeps it and closes it with dpkg-deb. No script runs at install or removal:
 * dpkg's own triggers refresh menus and icons, so that nothing is left behind.
 * @param {{ readonly unpacked: string, readonly arch: string, readonly into: string }} from
 * @returns {Promise<string>} the package's path
 */
export async function debianPackage({ unpacked, arch, into }) {
  const { version, description } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const architecture = architectures.get(arch) ?? arch;
  const tree = join(into, 'deb');
  const application = join(tree, 'opt', 'Gearway');
  await rm(tree, { recursive: true, force: true });
  await cp(unpacked, application, { recursive: true });
  // Where the kernel lets nobody make user namespaces, Chromium's sandbox is this helper: root's, and setuid.
  await chmod(join(application, 'chrome-sandbox'), 0o4755);

  const put = async (/** @type {string} */ from, /** @type {string[]} */ ...to) => {
    const target = join(tree, ...to);
    await mkdir(join(target, '..'), { recursive: true });
    await copyFile(inRoot(...from.split('/')), target);
  };
  const icons = ['usr', 'share', 'icons', 'hicolor'];
  for (const program of ['gearway', 'gearway-desktop'])
    await put(`build/linux/${program}`, 'usr', 'bin', program);
  await put('build/linux/gearway.desktop', 'usr', 'share', 'applications', 'gearway.desktop');
  await put('build/icon.svg', ...icons, 'scalable', 'apps', 'gearway.svg');
  await put('build/icon.png', ...icons, '512x512', 'apps', 'gearway.png');
  await put('LICENSE', 'usr', 'share', 'doc', 'gearway', 'copyright');

  const { output } = await runCaptured('du', ['-sk', tree]);
  await mkdir(join(tree, 'DEBIAN'));
  await writeFile(
    join(tree, 'DEBIAN', 'control'),
    debianControl({ version, architecture, installedKiB: Number.parseInt(output, 10), description }),
  );
  await runOrFail('chmod', ['-R', 'u=rwX,go=rX', join(tree, 'DEBIAN'), join(tree, 'usr')], {
    purpose: 'Setting modes',
  });
  const file = join(into, `gearway_${version.replaceAll('-', '~')}_${architecture}.deb`);
  await runOrFail('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', tree, file], {
    purpose: 'Making the Debian package',
  });
  await rm(tree, { recursive: true, force: true });
  return file;
}
