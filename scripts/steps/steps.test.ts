import { describe, expect, it } from 'vitest';
import { checkNodeVersion } from './node-version.mjs';
import { readMissingLibraries } from './system-libraries.mjs';

describe('the version of Node.js', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s is enough', (version) => {
    expect(() => checkNodeVersion(version)).not.toThrow();
  });
  it.each(['18.20.8', '20.18.3', '', 'x.y'])('"%s" is not', (version) => {
    expect(() => checkNodeVersion(version)).toThrow(/needs Node.js 20.19/);
  });
});

describe("ldd's answer", () => {
  it('names the libraries that are missing', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007ffe)',
      '\tlibffmpeg.so => /opt/e/libffmpeg.so (0x00007f12)',
      '\tlibgtk-3.so.0 => not found',
      '\tlibasound.so.2 => not found',
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f13)',
    ].join('\n');
    expect(readMissingLibraries(output)).toEqual(['libgtk-3.so.0', 'libasound.so.2']);
  });
  it('names none in a complete system', () => {
    expect(readMissingLibraries('\tstatically linked\n')).toEqual([]);
  });
});
