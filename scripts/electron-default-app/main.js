// What a stock Electron carries as resources/default_app.asar, cut down to starting the application in a folder.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const argument = process.argv.slice(1).find((word) => !word.startsWith('-'));
if (argument === undefined) stop('Name the folder of an application, as in: electron .');
const target = resolve(argument);
if (!existsSync(target)) stop(`There is no application at ${target}`);

process.defaultApp = true;
try {
  // The top-level await holds Electron's `ready` back, as the application expects.
  await import(pathToFileURL(entryOf(target)).href);
} catch (error) {
  stop(error instanceof Error ? error.stack : String(error));
}

function entryOf(path) {
  if (!statSync(path).isDirectory()) return path;
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  app.setAppPath(path);
  if (manifest.version !== undefined) app.setVersion(manifest.version);
  app.setName(manifest.productName ?? manifest.name ?? 'Electron');
  return createRequire(join(path, 'package.json')).resolve(resolve(path, manifest.main ?? 'index.js'));
}

function stop(reason) {
  process.stderr.write(`${reason}\n`);
  app.exit(1);
  process.exit(1);
}
