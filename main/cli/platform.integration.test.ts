import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCleanup, runGearway, until } from '../testing/index.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterAll(() => cleanup.run());

interface Ready {
  readonly event: string;
  readonly origin: string;
  readonly gateway: string;
  readonly edge: { readonly scheme: string; readonly domain: string; readonly port: number };
  readonly user: string;
  readonly token: string;
  readonly password: string;
}

describe('gearway platform --json', () => {
  let ready: Ready;
  beforeAll(async () => {
    const command = cleanup.add(runGearway(['platform', '--json']));
    ready = (await command.line('ready', ({ event }) => event === 'ready')) as unknown as Ready;
  });

  it('says first where it is and how to sign in', () => {
    expect(ready).toEqual({
      event: 'ready',
      origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      gateway: `${ready.origin}/gateway`,
      edge: { scheme: 'http', domain: 'gear.localhost', port: expect.any(Number) },
      user: 'demo',
      token: expect.any(String),
      password: expect.any(String),
    });
  });

  it('answers curl at the public address of a sample service', async () => {
    const answer = await curl(address('web'));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<title>');
  });

  it('gives 502 for a service on 127.0.0.1, while a tunnel to it works', async () => {
    const answer = await curl(address('notes'));
    expect(answer.status).toBe(502);
    const { login, password } = await until('SSH to be offered', sshOf);
    const words = ['tunnel', login, '-L', '0:127.0.0.1:7861', '--password-env', 'SSH_WORD', '--accept-new'];
    const command = cleanup.add(runGearway([...words, '--json'], { env: { SSH_WORD: password } }));
    const { local } = await command.line('connected', ({ state }) => state === 'connected');
    expect((await curl(`http://${local}/`)).status).toBe(200);
  });

  it('refuses a question without Origin', async () => {
    const { status, body } = await curl(ready.gateway, '-X', 'POST', '-d', '{}');
    expect(status).toBe(403);
    expect(body).toContain('Invalid CORS request');
  });

  const address = (name: string) =>
    `${ready.edge.scheme}://${ready.user}-${name}.${ready.edge.domain}:${ready.edge.port}/`;

  /** How the sample container is signed in to, once the platform tells. */
  async function sshOf(): Promise<{ readonly login: string; readonly password: string } | undefined> {
    const answer = await fetch(ready.gateway, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ready.token}`,
        origin: ready.origin,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        query: `query($user: ID!) { party(id: $user) { projects(page: 1) { data { name
          jobs(userId: "${ready.user}", page: 1, projectId: "") { data { password links { name value } } } } } } }`,
        variables: { user: ready.user },
      }),
    });
    const { data } = projectsSchema.parse(await answer.json());
    const job = data.party.projects.data.find(({ name }) => name === 'vision-lab')?.jobs.data[0];
    const login = job?.links.find(({ name }) => name === 'ssh')?.value;
    const password = job?.password;
    return login === undefined || typeof password !== 'string' ? undefined : { login, password };
  }
});

const list = <T extends z.ZodType>(of: T) => z.object({ data: z.array(of) });
const jobSchema = z.object({
  password: z.string().nullish(),
  links: z.array(z.object({ name: z.string(), value: z.string() })),
});
const projectsSchema = z.object({
  data: z.object({
    party: z.object({ projects: list(z.object({ name: z.string(), jobs: list(jobSchema) })) }),
  }),
});

async function curl(
  url: string,
  ...words: string[]
): Promise<{ readonly status: number; readonly body: string }> {
  const { stdout } = await run('curl', ['-s', '-m', '20', '-w', '\n%{http_code}', ...words, url]);
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}
