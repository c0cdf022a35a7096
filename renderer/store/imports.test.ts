import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const renderer = join(import.meta.dirname, '..');
const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.includes('.test.'),
);

describe('the window', () => {
  it('takes types and nothing else from schemas: they would bring their library along', () => {
    const loose = files.flatMap((name) =>
      [...readFileSync(join(renderer, name), 'utf8').matchAll(/^import (?!type )[^;]*? from '([^']*)';/gms)]
        .filter(([, from = '']) => /shared\/(model\/|contract\/requests)/.test(from))
        .map(([statement]) => `${name}: ${statement}`),
    );
    expect(loose).toEqual([]);
  });
});
