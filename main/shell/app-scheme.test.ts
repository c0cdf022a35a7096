import { sep } from 'node:path';
import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {} }));
const { fileOf } = await import('./app-scheme.ts');

const folder = `${sep}app${sep}renderer`;

describe('the app scheme', () => {
  it.each([
    ['app://gearway/', 'index.html'],
    ['app://gearway/assets/index-1.js', `assets${sep}index-1.js`],
    ['app://gearway/assets/a%20b.css?x#y', `assets${sep}a b.css`],
  ])('serves %s from the folder', (address, file) => {
    expect(fileOf(address, folder)).toBe(`${folder}${sep}${file}`);
  });

  it.each([
    'app://gearway/..%2f..%2fetc/passwd',
    'app://gearway/%2e%2e/%2e%2e/etc/passwd',
    'app://gearway/..%5c..%5cx',
    'app://other/index.html',
    'app://gearway/%00',
    'app://gearway/%zz',
    'https://gearway/index.html',
  ])('serves nothing outside it for %s', (address) => {
    const file = fileOf(address, folder);
    expect(file === undefined || file.startsWith(folder + sep)).toBe(true);
  });
});
