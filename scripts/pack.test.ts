import { readFileSync } from 'node:fs';
import { FuseV1Options } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inRoot } from './parts/paths.mjs';

const shipped = parse(readFileSync(inRoot('electron-builder.yml'), 'utf8'));

describe('what is shipped', () => {
  // electronjs.org/docs/latest/tutorial/fuses: off is what would let somebody else's code run under our name.
  it('has an executable that runs our archive and nothing else', () => {
    expect(shipped.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(shipped.asar).toBe(true);
  });

  it('has each of its switches set by name', () => {
    const known = Object.keys(FuseV1Options).filter((name) => !/^\d+$/.test(name));
    const set = Object.keys(shipped.electronFuses).map((name) => name.toLowerCase());
    expect(known.filter((name) => !set.includes(name.toLowerCase()))).toEqual([]);
  });

  it('claims its links and no others', () => {
    expect(shipped.protocols).toEqual([{ name: 'Gearway link', schemes: ['gearway'] }]);
  });

  it('carries no native module', () => {
    expect([shipped.npmRebuild, shipped.nodeGypRebuild]).toEqual([false, false]);
    expect(shipped.files).toEqual(expect.arrayContaining(['!node_modules/cpu-features/**']));
  });

  it('leaves out types, maps, what is built in already, and the application of a stock Electron', () => {
    expect(shipped.files).toEqual(
      expect.arrayContaining([
        '!**/*.map',
        '!**/*.d.{ts,mts,cts}',
        '!node_modules/{zod,electron-store,conf}/**',
      ]),
    );
    expect(shipped.afterPack).toBe('scripts/steps/after-pack.mjs');
  });
});
