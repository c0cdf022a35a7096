import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {} }));
const { answerFrom, fileOf } = await import('./app-scheme.ts');

const folder = `${sep}app${sep}renderer`;

describe('the app scheme', () => {
  it.each([
    ['app://gearway/', 'index.html'],
    ['app://gearway/assets/index-1.js', `assets${sep}index-1.js`],
    ['app://gearway/assets/a%20b.css?x#y', `assets${sep}a b.css`],
  ])('serves %s from the folder', (address, file) => {
    expect(fileOf(address, folder)).toBe(`${folder}${sep}${file}`);
  });

  it('gives its policy with every answer, those of pages that are not there too', async () => {
    const { mkdtempSync, writeFileSync, rmSync } = await import('node:fs');
    const real = mkdtempSync(join(tmpdir(), 'gw-scheme-'));
    writeFileSync(join(real, 'index.html'), 'hello');
    for (const [address, status] of [
      ['app://gearway/', 200],
      ['app://gearway/nothing.html', 404],
      ['app://gearway/nothing', 404],
      ['app://other/', 404],
    ] as const) {
      const answer = await answerFrom(real, address);
      expect([address, answer.status]).toEqual([address, status]);
      expect(answer.headers.get('content-security-policy')).toMatch(
        /default-src 'none'.*frame-ancestors 'none'/,
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
    rmSync(real, { recursive: true });
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
