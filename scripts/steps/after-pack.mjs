// @ts-check
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Called by electron-builder when a folder is packed: takes away what a stock Electron brings for folders like `electron .`.
 * @param {{ readonly appOutDir: string, readonly electronPlatformName: string, readonly packager: { readonly appInfo: { readonly productFilename: string } } }} packed
 */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  const resources =
    electronPlatformName === 'darwin'
      ? join(appOutDir, `${productFilename}.app`, 'Contents', 'Resources')
      : join(appOutDir, 'resources');
  await rm(join(resources, 'default_app.asar'), { force: true });
}
