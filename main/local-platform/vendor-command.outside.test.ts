import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCleanup, listenHttp, pythonEnvironment, runGearway, until } from '../testing/index.ts';
import { recorded } from './testing/recorded-operations.ts';

/**
 * The vendor's own command (`openbayes-cli` of the Python index) against `gearway platform`. What it sends passes a
 * relay that notes each operation; `GEARWAY_RECORD=FILE` writes them down, which is where the cases of
 * `vendor-operations.test.ts` come from.
 */
const bayes = pythonEnvironment('bayes');
const cleanup = createCleanup();
afterAll(() => cleanup.run());

interface Sent {
  readonly operation: string;
  readonly query: string;
  readonly variables: unknown;
  readonly status: number;
  readonly answer: { readonly data?: Record<string, unknown> | null; readonly errors?: readonly unknown[] };
}

describe.skipIf(!bayes.there)('the vendor’s command line', () => {
  let home = '';
  let work = '';
  let origin = '';
  let token = '';
  let password = '';
  const sent: Sent[] = [];

  async function run(
    args: readonly string[],
    input = '',
  ): Promise<{ readonly code: number; readonly said: string }> {
    if (!bayes.there) throw new Error(bayes.reason);
    return new Promise((resolve) => {
      const child = execFile(
        bayes.program('bayes'),
        [...args],
        {
          cwd: work,
          timeout: 180_000,
          env: { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', COLUMNS: '300', PYTHONUNBUFFERED: '1' },
        },
        (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: `${stdout}${stderr}` }),
      );
      child.stdin?.end(input);
    });
  }
  const done = async (...args: readonly string[]): Promise<string> => {
    const { code, said } = await run(args);
    expect(said, args.join(' ')).not.toMatch(/Traceback/);
    expect(code, `${args.join(' ')}: ${said}`).toBe(0);
    return said;
  };
  const operations = () => sent.map(({ operation }) => operation);

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'bayes-home-'));
    work = join(home, 'work');
    await mkdir(work);
    cleanup.later(() => rm(home, { recursive: true, force: true }));
    const command = cleanup.add(runGearway(['platform', '--json']));
    const ready = await command.line('ready', ({ event }) => event === 'ready');
    ({ token, password } = ready as { token: string; password: string });
    const target = new URL(String(ready.origin));
    const port = await listenHttp(
      cleanup,
      createServer((request, response) => relay(target, request, response, sent)),
    );
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    const file = process.env.GEARWAY_RECORD;
    if (file !== undefined) await writeFile(file, recorded(sent, { token, password, origin }));
  });

  it('signs in with a token, and says who it is', async () => {
    expect(await done('switch', 'custom', '-e', origin)).toContain('custom');
    expect(await done('login', token)).toContain('demo');
    expect(await done('status')).toContain('demo@example.com');
  });

  it('signs in with a password', async () => {
    await done('logout');
    const { said } = await run(['login', 'demo'], `${password}\n`);
    expect(said).toContain('demo');
    await done('login', token);
  });

  it('lists containers, machines and runtimes', async () => {
    expect(await done('gear', 'ls')).toContain('vision-lab');
    expect(await done('gear', 'resource')).toContain('rtx-4090');
    const runtimes = await done('gear', 'env');
    expect(runtimes).toContain('pytorch-2.8-2204-cpu');
    // The command asks for machines too.
    expect(runtimes).toContain('ubuntu-22.04');
    expect(runtimes).not.toContain('pytorch-2.1');
  });

  it('runs a task with uploaded code to its end, reads its log and takes its output', async () => {
    await writeFile(join(work, 'main.py'), 'print("hello from a file")\n');
    await writeFile(join(work, 'large.bin'), Buffer.alloc(20 * 1024 * 1024, 7));
    await done('gear', 'init', 'vendor-task');
    const began = await done(
      ...['gear', 'run', 'task', '-e', 'pytorch-2.8-2204-cpu', '-r', 'cpu', '-f'],
      ...['--', 'cat main.py && echo 42 > /output/result.txt'],
    );
    expect(began).toContain('容器创建成功');
    const id = idIn(sent, 'createJob');
    expect(await done('gear', 'logs', id)).toContain('hello from a file');
    expect(await done('gear', 'info', id)).toContain('SUCCEEDED');
    const target = join(home, 'output');
    await mkdir(target);
    await done('gear', 'download', id, '-t', target, '-u');
    const found = await until('the output', async () => {
      try {
        return await readFile(join(target, 'result.txt'), 'utf8');
      } catch {
        return undefined;
      }
    });
    expect(found).toBe('42\n');
  });

  it('runs a workspace, looks at it, stops it and starts it again', async () => {
    const began = await done('gear', 'run', 'workspace', '-e', 'pytorch-2.8-2204-cpu', '-r', 'cpu', '-f');
    expect(began).toContain('容器运行中');
    const id = idIn(sent, 'createJob');
    await until('SSH', async () =>
      (await done('gear', 'info', id)).includes('ssh root@') ? true : undefined,
    );
    await done('gear', 'status');
    await done('gear', 'stop', id);
    expect(await done('gear', 'info', id)).toContain('CANCELLED');
    await done('gear', 'restart', id, '-f');
    expect(await done('gear', 'info', id)).toContain('RUNNING');
    await done('gear', 'stop', id);
  });

  it('makes a key and uploads it, once', async () => {
    expect(await done('ssh', 'create')).toContain('成功');
    expect((await run(['ssh', 'create'])).code).toBe(0);
    expect(operations()).toEqual(expect.arrayContaining(['keys', 'createSSHKey']));
  });

  it('makes a data set, uploads a file in parts, and lists it', async () => {
    const file = join(work, 'large.bin');
    const made = await done('data', 'create', 'vendor-data');
    expect(made).toContain('vendor-data');
    const id = idIn(sent, 'createDataset');
    await done('data', 'new-version', id);
    await done('data', 'upload', id, '-v', '1', '-p', file);
    expect(await done('data', 'ls')).toContain('vendor-data');
    expect(await done('data', 'versions', id)).toContain('1');
  });

  it('works in the name of an organisation', async () => {
    expect(await done('org', 'ls')).toContain('open-lab');
    await done('org', 'switch', 'open-lab');
    expect(await done('gear', 'ls')).toContain('team-demo');
  });

  it('was refused nothing for its words', () => {
    const refused = sent.filter(({ answer }) => JSON.stringify(answer.errors ?? '').includes('VALIDATION'));
    expect(refused.map(({ operation, answer }) => [operation, answer.errors])).toEqual([]);
    const table = [...new Set(operations())].sort();
    process.stdout.write(`operations: ${table.join(', ')}\n`);
  });
});

it.skipIf(bayes.there)('the vendor’s command line is not here', (context) => {
  context.skip(bayes.there ? '' : bayes.reason);
});

/** The id in the last answer of an operation. */
function idIn(sent: readonly Sent[], operation: string): string {
  const last = sent.findLast((one) => one.operation === operation);
  return z.object({ id: z.string() }).parse(last?.answer.data?.[operation]).id;
}

/** Passes everything on, and notes the operations of the API with their answers. */
function relay(target: URL, request: IncomingMessage, response: ServerResponse, sent: Sent[]): void {
  const isApi = request.url === '/gateway';
  const asked: Buffer[] = [];
  const onward = send(
    {
      host: target.hostname,
      port: target.port,
      path: request.url,
      method: request.method,
      headers: request.headers,
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      const told: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => {
        if (isApi) told.push(chunk);
        response.write(chunk);
      });
      answer.on('end', () => {
        if (isApi) note(Buffer.concat(asked), Buffer.concat(told), answer.statusCode ?? 0, sent);
        response.end();
      });
    },
  );
  onward.on('error', () => response.destroy());
  request.on('data', (chunk: Buffer) => {
    if (isApi) asked.push(chunk);
    onward.write(chunk);
  });
  request.on('end', () => onward.end());
}

function note(asked: Buffer, told: Buffer, status: number, sent: Sent[]): void {
  const { query, variables } = JSON.parse(asked.toString());
  const [definition] = parse(query).definitions;
  const field =
    definition?.kind === 'OperationDefinition' ? definition.selectionSet.selections[0] : undefined;
  const operation = field?.kind === 'Field' ? field.name.value : '?';
  sent.push({ operation, query, variables, status, answer: JSON.parse(told.toString()) });
}
