import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../main/cli/commands.ts';

const isCommand = (word: string) => commands.some(({ name }) => name[0] === word);

const root = join(import.meta.dirname, '..');
const texts = [
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
].map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** As GitHub makes them of headings. */
const anchorsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the documents', () => {
  it('link only to what is there', () => {
    const broken = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^[a-z]+:/.test(target))
        // Pages of the site that holds the repository.
        .filter((target) => !/^(?:\.\.\/)+(?:releases|issues)$/.test(target))
        .filter((target) => {
          const [path = '', anchor] = target.split('#');
          const to = path === '' ? file : relative(root, join(root, dirname(file), path));
          if (!existsSync(join(root, to))) return true;
          return anchor !== undefined && !anchorsIn(readFileSync(join(root, to), 'utf8')).includes(anchor);
        })
        .map((target) => `${file}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('name only files and folders that are there', () => {
    const gone = texts.flatMap(({ file, text }) =>
      [...text.matchAll(/`((?:main|renderer|shared|preload|e2e|bench|scripts|docs|build)\/[\w./-]+)`/g)]
        .map(([, path = '']) => path)
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${file}: ${path}`),
    );
    expect(gone).toEqual([]);
  });

  it('name only commands that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const gone = texts.flatMap(({ file, text }) => [
      ...[...text.matchAll(/npm run ([\w:-]+)/g)]
        .filter(([, name = '']) => !Object.hasOwn(scripts, name))
        .map(([said]) => `${file}: ${said}`),
      ...[...text.matchAll(/npm run bench -- ([\w-]+)/g)]
        .filter(([, name = '']) => !existsSync(join(root, 'bench', `${name}.ts`)))
        .map(([said]) => `${file}: ${said}`),
      ...[...text.matchAll(/`?(?:npx )?gearway (platform|tunnel|proxy|[a-z][a-z-]*[a-z])\b/g)]
        .filter(([, name = '']) => !isCommand(name))
        .map(([said]) => `${file}: ${said}`),
    ]);
    expect(gone).toEqual([]);
  });
});
