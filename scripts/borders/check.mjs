// @ts-check

/** @typedef {import('./graph.mjs').Import} Import */

/**
 * What breaks a rule, as lines for a person; none when it holds.
 * @param {import('./rules.mjs').Rule} rule
 * @param {readonly Import[]} imports
 * @returns {readonly string[]}
 */
export function check(rule, imports) {
  switch (rule.kind) {
    case 'layers':
      return checkLayers(rule, imports);
    case 'entries':
      return crossing(rule.inside, imports)
        .filter(({ to, toFolder }) => toFolder !== '.' && to !== `${rule.inside}/${toFolder}/index.ts`)
        .map(({ from, to }) => `${from} enters ${to} and not its folder's index.ts`);
    case 'pairs':
      return checkPairs(rule, imports);
    case 'without':
      return checkWithout(rule, imports);
  }
}

/**
 * The imports between two folders of `inside`, and into one from elsewhere.
 * @param {string} inside
 * @param {readonly Import[]} imports
 */
function crossing(inside, imports) {
  return imports
    .map((each) => ({
      ...each,
      fromFolder: folderIn(inside, each.from),
      toFolder: folderIn(inside, each.to),
    }))
    .filter(({ fromFolder, toFolder }) => toFolder !== undefined && fromFolder !== toFolder);
}

/**
 * @param {string} inside
 * @param {string} file
 * @returns {string | undefined} its folder there; '.' for a file that stands in `inside` itself
 */
function folderIn(inside, file) {
  if (!file.startsWith(`${inside}/`)) return undefined;
  const [first = '', ...rest] = file.slice(inside.length + 1).split('/');
  return rest.length === 0 ? '.' : first;
}

/**
 * @param {import('./rules.mjs').Layers} rule
 * @param {readonly Import[]} imports
 */
function checkLayers({ inside, layers }, imports) {
  const level = (/** @type {string} */ folder) => layers.findIndex((layer) => layer.includes(folder));
  return crossing(inside, imports).flatMap(({ from, to, fromFolder, toFolder = '' }) => {
    if (fromFolder === undefined) return [];
    if (level(fromFolder) < 0) return [`${inside}/${fromFolder} has no layer`];
    return level(toFolder) >= 0 && level(toFolder) < level(fromFolder)
      ? []
      : [`${from} imports ${to}, which is not below it`];
  });
}

/**
 * @param {import('./rules.mjs').Pairs} rule
 * @param {readonly Import[]} imports
 */
function checkPairs({ inside, common, above, allowed }, imports) {
  const found = crossing(inside, imports)
    .filter(({ fromFolder }) => fromFolder !== undefined)
    .filter(({ fromFolder = '', toFolder = '' }) => !common.includes(toFolder) || common.includes(fromFolder))
    .filter(({ fromFolder = '', toFolder = '' }) => !above.includes(fromFolder) || above.includes(toFolder));
  const used = new Set(found.map(({ fromFolder, toFolder }) => `${fromFolder} → ${toFolder}`));
  const listed = new Set(
    Object.entries(allowed).flatMap(([from, targets]) => targets.map((to) => `${from} → ${to}`)),
  );
  return [
    ...found
      .filter(({ fromFolder, toFolder }) => !listed.has(`${fromFolder} → ${toFolder}`))
      .map(({ from, to }) => `${from} imports ${to}: a new pair of folders in ${inside}`),
    ...[...listed].filter((pair) => !used.has(pair)).map((pair) => `${pair} is listed and not used`),
    ...circleIn(allowed).map((circle) => `${circle} is a circle of folders in ${inside}`),
  ];
}

/**
 * @param {Readonly<Record<string, readonly string[]>>} allowed
 * @returns {readonly string[]} one circle, where there is any
 */
function circleIn(allowed) {
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {(folder: string, path: readonly string[]) => string | undefined} */
  const walk = (folder, path) => {
    if (path.includes(folder)) return [...path.slice(path.indexOf(folder)), folder].join(' → ');
    if (done.has(folder)) return undefined;
    for (const next of allowed[folder] ?? []) {
      const circle = walk(next, [...path, folder]);
      if (circle !== undefined) return circle;
    }
    done.add(folder);
    return undefined;
  };
  for (const folder of Object.keys(allowed)) {
    const circle = walk(folder, []);
    if (circle !== undefined) return [circle];
  }
  return [];
}

/**
 * @param {import('./rules.mjs').Without} rule
 * @param {readonly Import[]} imports of packages, too
 */
function checkWithout({ inside, packages }, imports) {
  /** @type {Map<string, string[]>} */
  const next = new Map();
  for (const { from, to, isType } of imports) if (!isType) next.set(from, [...(next.get(from) ?? []), to]);
  const seen = new Map(
    [...next.keys()].filter((file) => file.startsWith(`${inside}/`)).map((file) => [file, file]),
  );
  for (const [file, by] of seen)
    for (const to of next.get(file) ?? []) if (!seen.has(to)) seen.set(to, `${by} → ${to}`);
  return packages.flatMap((name) => (seen.has(name) ? [`${seen.get(name)}`] : []));
}
