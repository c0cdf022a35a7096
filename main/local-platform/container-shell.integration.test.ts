import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { z } from 'zod';
import { createCleanup, itWith, until } from '../testing/index.ts';
import { startTestPlatform } from './testing/start-test-platform.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
let folder = '';
let port = '';

const jobSchema = z.object({
  data: z.object({
    party: z.object({
      jobs: z.object({
        data: z.array(
          z.object({ mode: z.string(), links: z.array(z.object({ name: z.string(), value: z.string() })) }),
        ),
      }),
    }),
  }),
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gearway-shell-'));
  cleanup.later(() => rm(folder, { recursive: true, force: true }));
  const platform = await startTestPlatform(cleanup);
  const ask = async (query: string, variables: object = {}) => {
    const response = await fetch(platform.gateway, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${platform.token}`,
        origin: platform.origin,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as unknown;
  };
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')]);
  await ask(
    'mutation($content: String!) { createSSHKey(userId: "demo", name: "test", content: $content) { id } }',
    {
      content: await readFile(join(folder, 'key.pub'), 'utf8'),
    },
  );
  const jobs = await until('SSH to be offered', async () => {
    const answer = await ask(
      '{ party(id: "demo") { jobs(status: ["RUNNING"]) { data { mode links { name value } } } } }',
    );
    const { data } = jobSchema.parse(answer).data.party.jobs;
    return data.some(({ links }) => links.some(({ name }) => name === 'ssh')) ? data : undefined;
  });
  for (const { mode, links } of jobs) {
    const line = links.find(({ name }) => name === 'ssh')?.value;
    if (mode === 'TASK') expect(line).toBeUndefined();
    port = /-p(\d+)/.exec(line ?? '')?.[1] ?? port;
  }
});
afterAll(() => cleanup.run());

const flags = () => [
  ...[
    '-i',
    join(folder, 'key'),
    '-o',
    'StrictHostKeyChecking=no',
    '-o',
    `UserKnownHostsFile=${join(folder, 'hosts')}`,
  ],
  ...['-o', 'BatchMode=yes', '-o', 'LogLevel=ERROR', '-F', '/dev/null'],
];
const ssh = async (...words: readonly string[]) =>
  (await run('ssh', [...flags(), '-p', port, ...words], { timeout: 30_000 })).stdout;

describe('a sample container, for the programs of OpenSSH', () => {
  itWith('ssh', 'ssh-keygen')(
    'runs commands in a folder of its own, and ends with their status',
    async () => {
      expect(await ssh('root@127.0.0.1', 'echo one > a.txt && cat a.txt && pwd')).toMatch(
        /^one\n\/.*containers\//,
      );
      await expect(ssh('root@127.0.0.1', 'exit 7')).rejects.toMatchObject({ code: 7 });
      // Nothing of this process is seen inside.
      expect(await ssh('root@127.0.0.1', 'env')).not.toContain('VITEST');
    },
  );

  itWith('ssh', 'ssh-keygen')('has a login shell on a terminal of its size', async () => {
    const child = run('ssh', [...flags(), '-tt', '-p', port, 'root@127.0.0.1'], { timeout: 30_000 });
    child.child.stdin?.end('tty; stty size; echo "$HOME"; exit\n');
    const { stdout } = await child;
    expect(stdout).toMatch(/\/dev\/pts\/\d+/);
    expect(stdout).toMatch(/containers\//);
  });

  itWith('scp', 'ssh-keygen')('takes and gives files by scp and SFTP', async () => {
    const bytes = Buffer.alloc(3_000_000, 'gear');
    await writeFile(join(folder, 'up.bin'), bytes);
    await run('scp', [...flags(), '-P', port, join(folder, 'up.bin'), 'root@127.0.0.1:up.bin'], {
      timeout: 60_000,
    });
    await run('scp', [...flags(), '-P', port, 'root@127.0.0.1:up.bin', join(folder, 'down.bin')], {
      timeout: 60_000,
    });
    expect((await readFile(join(folder, 'down.bin'))).equals(bytes)).toBe(true);
    await run('scp', ['-O', ...flags(), '-P', port, join(folder, 'up.bin'), 'root@127.0.0.1:old.bin'], {
      timeout: 60_000,
    });
    expect(await ssh('root@127.0.0.1', 'cmp up.bin old.bin && echo same')).toBe('same\n');
  });
});
