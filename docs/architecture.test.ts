import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(import.meta.dirname, 'architecture.md'), 'utf8');
const named = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)]
  .map(([, path]) => path ?? '')
  .filter((path) => path.includes('/') || /\.(?:json|ts)$/.test(path));

const foldersIn = (parent: string) =>
  readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${parent}/${name}/`);

describe('docs/architecture.md', () => {
  it('names only what is there', () => {
    expect(named.length).toBeGreaterThan(30);
    // The one name that stands for a file of each folder.
    expect(named.filter((path) => path !== 'index.ts' && !existsSync(join(root, path)))).toEqual([]);
  });

  it.each(['main', 'main/engine', 'renderer', 'shared'])('names every folder in %s', (parent) => {
    expect(foldersIn(parent).filter((folder) => !named.includes(folder))).toEqual([]);
  });
});

describe('the engine', () => {
  const sources = readdirSync(join(root, 'main'), { recursive: true, encoding: 'utf8' })
    .map((file) => `main/${file.replaceAll('\\', '/')}`)
    // Tests may look inside.
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(file));
  const imports = sources.flatMap((from) =>
    [...readFileSync(join(root, from), 'utf8').matchAll(/ from '(\.[^']+)'/g)].map(([, path = '']) => ({
      from,
      to: normalize(join(dirname(from), path)).replaceAll('\\', '/'),
    })),
  );
  const capabilityOf = (file: string) =>
    /^main\/(?:local-platform|(?:engine|shell)\/[^/]+)\//.exec(file)?.[0];
  /** One idea a file, for everybody; and what puts the engine together. */
  const open = ['main/engine/base/', 'main/engine/wiring/'];
  const show = (wrong: typeof imports) => wrong.map(({ from, to }) => `${from} imports ${to}`);

  it('opens each of its folders by index.ts only', () => {
    expect(imports.length).toBeGreaterThan(500);
    const wrong = imports.filter(({ from, to }) => {
      const capability = capabilityOf(to);
      if (capability === undefined || capability === capabilityOf(from)) return false;
      return to !== `${capability}index.ts` && !open.includes(capability);
    });
    expect(show(wrong)).toEqual([]);
  });

  it('lets the local platform know nothing of its siblings', () => {
    const wrong = imports.filter(({ from, to }) => {
      const capability = capabilityOf(to);
      return (
        from.startsWith('main/local-platform/') &&
        capability !== undefined &&
        capability !== 'main/local-platform/' &&
        capability !== 'main/engine/base/'
      );
    });
    expect(show(wrong)).toEqual([]);
  });
});
