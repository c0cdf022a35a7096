import { findRecipe } from '../../shared/launch/index.ts';
import { type LaunchMeta, launchMetaSchema } from '../../shared/model/launch.ts';
import type { CommandAnswer } from './command-answer.ts';
import { type LookAlikeKind, lookAlike } from './samples/look-alikes.ts';
import { redis } from './samples/redis.ts';
import { webApp } from './samples/web-app.ts';
import type { OpenPorts, VirtualPort } from './virtual-ports.ts';

/** A service that was started in a sample container: what a real one keeps in its folder and process table. */
interface SampleLaunch {
  readonly meta: LaunchMeta;
  readonly line: string;
  log: string;
  oldLog: string;
  token: string;
  pid: number;
  since: number;
  running: boolean;
  exit?: { readonly code: number; readonly at: number };
  stoppedAt?: number;
  /** Takes back what the start began: a timer, a port. */
  end: () => Promise<void>;
}

/** Answers the launcher's scripts for a container that has no shell: the calls are the same, so are the answers. */
export interface SampleLaunches {
  answer(call: readonly string[]): Promise<CommandAnswer>;
  stop(): Promise<void>;
}

/** A model takes time to load, and nothing listens meanwhile; a small program takes a moment. */
const loadMs = 2_500;
const beginMs = 200;
const mostLogChars = 200_000;

export function createSampleLaunches(ports: OpenPorts): SampleLaunches {
  const launches = new Map<string, SampleLaunch>();
  let nextPid = 4_000;

  const seconds = () => Math.floor(Date.now() / 1000);
  const say = (launch: SampleLaunch, line: string) => {
    launch.log = `${launch.log}${line}\n`.slice(-mostLogChars);
  };

  function begin(launch: SampleLaunch, token: string): void {
    nextPid += 2;
    launch.oldLog = launch.log === '' ? launch.oldLog : launch.log;
    Object.assign(launch, {
      token,
      pid: nextPid,
      since: seconds(),
      running: true,
      log: '',
      exit: undefined,
      stoppedAt: undefined,
    });
    const { meta } = launch;
    const server = serverOf(meta, launch.line);
    if (server === undefined || meta.port === undefined) {
      const typed = meta.values.line ?? launch.line;
      const program = typed.trim().split(/\s/)[0]?.slice(0, 60) ?? '';
      say(launch, `sh: ${program}: not found`);
      say(launch, 'A sample container runs the recipes of Gearway, and no program of its own.');
      Object.assign(launch, { running: false, exit: { code: 127, at: seconds() } });
      return;
    }
    const loads = findRecipe(meta.recipe)?.loadsModel === true;
    if (loads) say(launch, `Loading ${meta.values.model ?? meta.values.modelFile ?? 'the model'} …`);
    const process = findRecipe(meta.recipe)?.name.toLowerCase().replace(/\W/g, '') ?? 'sample';
    const bind: VirtualPort['bind'] = meta.host === '0.0.0.0' || meta.host === '::' ? 'any' : 'loopback';
    const port = meta.port;
    let opened: Promise<{ stop(): Promise<void> } | undefined> = Promise.resolve(undefined);
    const timer = setTimeout(
      () => {
        opened = ports.open({ port, bind, process, pid: launch.pid + 1, create: () => server });
        void opened.then((done) =>
          say(
            launch,
            done === undefined
              ? `Port ${port} is in use.`
              : `Listening on http://${meta.host ?? '127.0.0.1'}:${port}`,
          ),
        );
      },
      loads ? loadMs : beginMs,
    );
    launch.end = async () => {
      clearTimeout(timer);
      await (await opened)?.stop();
    };
  }

  async function end(launch: SampleLaunch) {
    launch.stoppedAt = seconds();
    if (!launch.running) return;
    launch.running = false;
    await launch.end();
    say(launch, 'Terminated');
    launch.exit = { code: 143, at: seconds() };
  }

  const operations: Readonly<Record<string, (args: readonly string[]) => Promise<string> | string>> = {
    start([id = '', token = '', meta = '', line = '']) {
      const read = launchMetaSchema.safeParse(JSON.parse(meta));
      if (!read.success) return 'gearway:failed\n';
      const launch: SampleLaunch = {
        meta: read.data,
        line,
        log: '',
        oldLog: '',
        token,
        pid: 0,
        since: 0,
        running: false,
        end: async () => {},
      };
      launches.set(id, launch);
      begin(launch, token);
      return 'gearway:started\n';
    },
    again([id = '', token = '']) {
      const launch = launches.get(id);
      if (launch === undefined) return 'gearway:unknown\n';
      begin(launch, token);
      return 'gearway:started\n';
    },
    list: () => listing(launches, seconds()),
    // A sample container runs no program, Python neither: a gate says that it needs one.
    'gate-look': () => 'gearway:python \ngearway:end\n',
    async signal([id = '']) {
      const launch = launches.get(id);
      if (launch !== undefined) await end(launch);
      return 'gearway:done\n';
    },
    remove([id = '']) {
      launches.delete(id);
      return 'gearway:done\n';
    },
    log([id = '', from = '0', most = '0', which = 'log']) {
      const launch = launches.get(id);
      const all = Buffer.from((which === 'log' ? launch?.log : launch?.oldLog) ?? '');
      const limit = Number(most);
      const wanted = Number(from);
      const first = wanted < 0 ? Math.max(0, all.length - limit) : wanted > all.length ? 0 : wanted;
      const last = Math.min(all.length, first + limit);
      return `gearway:log ${first} ${last} ${all.length}\n${all.subarray(first, last).toString('utf8')}`;
    },
    search([id = '', text = '', most = '0']) {
      const found: string[] = [];
      let at = 0;
      for (const [index, line] of (launches.get(id)?.log ?? '').split('\n').entries()) {
        if (line.toLowerCase().includes(text.toLowerCase())) found.push(`${index + 1}:${at}:${line}`);
        at += Buffer.byteLength(line) + 1;
      }
      return ['gearway:bytes', ...found.slice(0, Number(most)), 'gearway:end', ''].join('\n');
    },
  };

  return {
    async answer([name = '', ...args]) {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined)
        return { stdout: '', stderr: `sh: ${name}: command not found\n`, code: 127 };
      return { stdout: await operation(args), stderr: '', code: 0 };
    },
    async stop() {
      await Promise.all([...launches.values()].map(end));
    },
  };
}

/** As `listScript` prints it: a runner and, while it runs, its one process. */
function listing(launches: ReadonlyMap<string, SampleLaunch>, now: number): string {
  const lines = ['gearway:home /output', `now ${now}`];
  const processes: string[] = [];
  for (const [id, launch] of launches) {
    const { pid, exit, stoppedAt } = launch;
    lines.push(`gearway:launch ${id}`, `size ${Buffer.byteLength(launch.log)}`);
    lines.push(`run ${launch.token} ${pid} ${pid}0 ${pid} ${launch.since}`);
    if (exit !== undefined) lines.push(`exit ${exit.code} ${exit.at}`);
    if (stoppedAt !== undefined) lines.push(`stopped ${stoppedAt}`);
    lines.push(`meta ${JSON.stringify(launch.meta)}`);
    if (launch.running) {
      lines.push(`/proc/${pid + 1}/environ`);
      processes.push(stat(pid, 'sh', 1, pid), stat(pid + 1, launch.meta.recipe, pid, pid));
    }
    lines.push(
      ...launch.log
        .split('\n')
        .slice(-21, -1)
        .map((line) => `| ${line}`),
    );
  }
  return [...lines, 'gearway:processes', ...processes, 'gearway:outputs', 'gearway:end', ''].join('\n');
}

/** One line of proc(5) `stat`, as far as field 22. */
const stat = (pid: number, name: string, parent: number, session: number): string =>
  `${pid} (${name}) S ${parent} ${session} ${session} ${Array(15).fill(0).join(' ')} ${pid}0 0`;

function serverOf({ recipe, values, name }: LaunchMeta, line: string) {
  const title = name;
  // A key is in the command only: what is noted beside it holds no secret.
  const apiKey = /(?:VLLM_API_KEY=|LLAMA_API_KEY=|--api-key=)([\w.-]+)/.exec(line)?.[1];
  const contextLength = Number(values.contextLength) || undefined;
  const model = values.servedName || values.model || values.modelFile || undefined;
  switch (recipe) {
    case 'command':
      return undefined;
    case 'redis':
      return redis();
    case 'node':
      return webApp(title);
    default:
      return lookAlike(recipe satisfies LookAlikeKind, { title, model, apiKey, contextLength });
  }
}
