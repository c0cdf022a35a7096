// @ts-check
// `npm run borders`: which folder imports which, how often, and what breaks a border.
import { check } from './borders/check.mjs';
import { readImports } from './borders/graph.mjs';
import { rules } from './borders/rules.mjs';
import { runCommand } from './parts/main.mjs';

await runCommand(async () => {
  const imports = readImports(['main', 'preload', 'renderer', 'shared']);
  /** @type {Map<string, number>} */
  const counts = new Map();
  const folder = (/** @type {string} */ file) => file.split('/').slice(0, -1).slice(0, 3).join('/');
  for (const { from, to } of imports.filter(({ to }) => /\.tsx?$/.test(to))) {
    const pair = `${folder(from)} → ${folder(to)}`;
    if (folder(from) !== folder(to)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  for (const [pair, count] of [...counts].toSorted())
    process.stdout.write(`${String(count).padStart(5)}  ${pair}\n`);
  const broken = rules.flatMap((rule) => check(rule, imports));
  process.stdout.write(broken.length === 0 ? 'Every border holds.\n' : `${broken.join('\n')}\n`);
  return broken.length === 0 ? 0 : 1;
});
