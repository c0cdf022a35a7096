import { readFileSync } from 'node:fs';
import { type NativeImage, nativeImage } from 'electron';
import macPlain16 from '../../../build/tray/mac-plain-16.png?asset';
import macPlain32 from '../../../build/tray/mac-plain-32.png?asset';
import macTrouble16 from '../../../build/tray/mac-trouble-16.png?asset';
import macTrouble32 from '../../../build/tray/mac-trouble-32.png?asset';
import plain16 from '../../../build/tray/plain-16.png?asset';
import plain32 from '../../../build/tray/plain-32.png?asset';
import trouble16 from '../../../build/tray/trouble-16.png?asset';
import trouble32 from '../../../build/tray/trouble-32.png?asset';

/** The tray's picture. On macOS a template, which takes the colour of the menu bar. */
export function trayIcon(trouble: boolean): NativeImage {
  if (process.platform !== 'darwin')
    return trouble ? picture(trouble16, trouble32) : picture(plain16, plain32);
  const image = trouble ? picture(macTrouble16, macTrouble32) : picture(macPlain16, macPlain32);
  image.setTemplateImage(true);
  return image;
}

function picture(file: string, fileAtDoubleScale: string): NativeImage {
  const image = nativeImage.createFromPath(file);
  image.addRepresentation({ scaleFactor: 2, buffer: readFileSync(fileAtDoubleScale) });
  return image;
}
