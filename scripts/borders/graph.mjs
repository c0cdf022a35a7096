// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'vite';
import { root } from '../parts/paths.mjs';

/**
 * One file's import of another, types included; paths from the checkout, with slashes. A package has its name.
 * @typedef {object} Import
 * @property {string} from
 * @property {string} to
 * @property {boolean} isType it brings nothing when the program runs
 */

/**
 * What a file imports, exports from elsewhere and loads later: the words between its quotes.
 * @param {string} file its name says how it is read
 * @param {string} text
 * @returns {readonly { to: string, isType: boolean }[]}
 */
export function importsIn(file, text) {
  const { module } = parseSync(file, text);
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      to: moduleRequest.value,
      isType: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...module.staticExports
      .map(({ entries }) => entries.filter(({ moduleRequest }) => moduleRequest !== null))
      .filter(([first]) => first !== undefined)
      .map((entries) => ({
        to: entries[0]?.moduleRequest?.value ?? '',
        isType: entries.every(({ isType }) => isType),
      })),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      to: text.slice(start + 1, end - 1),
      isType: false,
    })),
  ];
}

/**
 * All imports of the product's files; tests may look anywhere and are left out.
 * @param {readonly string[]} tops folders of the checkout
 * @returns {readonly Import[]}
 */
export function readImports(tops) {
  return tops.flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .map((file) => posix.join(top, file.replaceAll('\\', '/')))
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file))
      .flatMap((from) =>
        importsIn(from, readFileSync(join(root, from), 'utf8')).map(({ to, isType }) => ({
          from,
          to: to.startsWith('.') ? posix.join(posix.dirname(from), to) : to,
          isType,
        })),
      ),
  );
}
