import { writeFile } from 'node:fs/promises';
import { describeReport, type Measurement, readRunArguments, reportOf } from './run.ts';

/** Every measurement by the name it is asked for; one is loaded only when it runs. */
const measurements: Readonly<Record<string, () => Promise<{ readonly measure: Measurement }>>> = {
  app: () => import('./app.ts'),
  feel: () => import('./feel.ts'),
  guard: () => import('./guard.ts'),
  proxy: () => import('./proxy.ts'),
  stream: () => import('./stream.ts'),
  tunnel: () => import('./tunnel.ts'),
  ui: () => import('./ui.ts'),
  wan: () => import('./wan.ts'),
  watch: () => import('./watch.ts'),
};

/** Parts that a measurement starts in processes of their own. */
const helpers: Readonly<Record<string, () => Promise<void>>> = {
  'serve-http': async () => (await import('./http-origin.ts')).serveHttp(),
  'serve-plain-http-proxy': async () =>
    (await import('./plain-http-proxy.ts')).servePlainHttpProxy(process.argv.slice(3)),
  'serve-bytes': async () => (await import('./byte-server.ts')).serveBytes(),
  'watch-platform': async () => (await import('./watch-parts.ts')).servePlatform(process.argv.slice(3)),
  'watch-engine': async () => (await import('./watch-parts.ts')).serveEngine(process.argv.slice(3)),
  'serve-relay': async () => (await import('./relay-server.ts')).serveRelay(process.argv.slice(3)),
};

const asked = readRunArguments(process.argv.slice(2));
const help = helpers[asked.name];
const load = measurements[asked.name];
if (help !== undefined) await help();
else if (load === undefined) {
  console.error(
    `npm run bench -- NAME [--json FILE], where NAME is one of: ${Object.keys(measurements).join(', ')}`,
  );
  process.exitCode = 2;
} else {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const { measure } = await load();
  try {
    const report = reportOf(
      asked.name,
      await measure({ signal: stop.signal, say: (line) => console.error(line) }),
    );
    console.log(describeReport(report));
    if (asked.jsonFile !== undefined)
      await writeFile(asked.jsonFile, `${JSON.stringify(report, undefined, 2)}\n`);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.exitCode = 130;
  }
}
