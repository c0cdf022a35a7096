import dns from 'node:dns';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelOf } from '../../../shared/recognition/index.ts';
import type { Result } from '../../../shared/result.ts';
import { startTestPlatform } from '../../local-platform/testing/start-test-platform.ts';
import {
  canIsolate,
  createCleanup,
  openMachine,
  openPage,
  pythonEnvironment,
  startSshServer,
  until,
} from '../../testing/index.ts';
import { resolveName } from '../base/localhost-names.ts';
import { makeEngine } from '../testing/make-engine.ts';
import { type RealProgram, realPrograms } from './testing/real-programs.ts';

/**
 * The programs that people run in containers, from the Python index, in a machine of its own with a real SSH server:
 * started by recipe on the wrong address, found so, mended, recognised, and used once over each way.
 */
/** This system's resolver may not know names under localhost, as those of macOS and systemd do. */
beforeAll(() => {
  const system = dns.lookup;
  dns.lookup = resolveName as typeof dns.lookup;
  cleanup.later(() => {
    dns.lookup = system;
  });
});

const cleanup = createCleanup();
afterAll(() => cleanup.run(), 120_000);
const never = new AbortController().signal;
/** A program of this size takes its time on a busy machine. */
const patient = { deadlineMs: 180_000 };
const seen: string[] = [];
afterAll(() => void process.stdout.write(`${seen.join('\n')}\n`));

describe.skipIf(!canIsolate()).each(realPrograms.map((program) => [program.environment, program] as const))(
  '%s',
  (name, program) => {
    const python = pythonEnvironment(program.environment);
    it.skipIf(!python.there)(`is not here: ${python.there ? '' : python.reason}`, () => {});
    it.skipIf(!python.there)(
      'is found wrongly bound, mended, recognised and used over both routes and the local address',
      async () => {
        if (python.there) await tryProgram(name, program, dirname(python.program('python')));
      },
      900_000,
    );
  },
);

async function tryProgram(name: string, program: RealProgram, bin: string): Promise<void> {
  const own = createCleanup();
  try {
    const folder = mkdtempSync(join(tmpdir(), `gw-real-${name}-`));
    own.later(() => rmSync(folder, { recursive: true, force: true }));
    program.files?.(folder);
    // As an image of the platform does it: a login shell finds the programs.
    for (const file of ['.profile', '.bash_profile'])
      writeFileSync(join(folder, file), `export PATH=${bin}:$PATH\n`);
    const machine = own.add(await openMachine());
    const path = `${bin}:/usr/local/bin:/usr/bin:/bin`;
    const ssh = own.add(await startSshServer({ machine, options: [`SetEnv PATH=${path} HOME=${folder}`] }));
    const platform = await startTestPlatform(own);
    const containerId = platform.addOutside({
      name: `real-${name}`,
      sshHost: ssh.host,
      sshPort: ssh.port,
      sshUser: 'root',
      password: ssh.password,
      address: machine.address,
      mappings: [{ name, port: program.port }],
    });
    const engine = makeEngine(own, {});
    await engine.start();
    const ask = async <T>(request: string, input: object): Promise<T> => {
      const answer = (await engine.handle(request, input, never)) as Result<T>;
      if (!answer.ok) throw new Error(`${request}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    };
    await ask('session.signIn', {
      instance: 'private',
      origin: platform.origin,
      domain: `http://${platform.edge.domain}:${platform.edge.port}`,
      token: platform.token,
    });
    const serviceId = `${containerId}:${program.port}`;
    const service = () => engine.snapshot().state.services[serviceId];
    await until(
      'the container',
      () => engine.snapshot().state.containers[containerId] !== undefined,
      patient,
    );
    const start = (host: string) =>
      ask<{ id: string }>('launch.start', {
        containerId,
        recipe: program.recipe,
        name: '',
        values: { ...program.values(folder), host, folder },
      });
    const log = async (id: string) =>
      (await ask<{ text: string }>('launch.log', { id, from: -1, most: 4_000 })).text;

    const wrong = await start('127.0.0.1');
    await until('the service', () => service() !== undefined, patient);
    await ask('tunnels.open', { serviceId });
    await untilOr(
      'the tunnel to answer',
      () => service()?.health.tunnel.state === 'up',
      () => log(wrong.id),
    );
    await until('the public route to be down', () => service()?.health.public.state === 'down', patient);
    await until(
      'where it listens to be seen',
      async () => {
        await ask('containers.look', { containerId });
        return service()?.findings.some(({ code }) => code === 'bound_to_loopback');
      },
      patient,
    );
    await ask('launch.stop', { id: wrong.id });

    const right = await start('0.0.0.0');
    await untilOr(
      'both routes to answer',
      () => {
        const health = service()?.health;
        if (health?.public.state !== 'up') void engine.handle('services.check', { serviceId }, never);
        return health?.public.state === 'up' && health.tunnel.state === 'up';
      },
      () => log(right.id),
    );
    const kind = await until('it to be recognised', () => service()?.kind, patient);
    expect(labelOf(kind)).toMatch(program.label);

    const addresses: Record<string, string> = {};
    for (const which of ['public', 'tunnel', 'local'])
      addresses[which] = (await ask<{ url: string }>('services.address', { serviceId, which })).url;
    for (const [which, url] of Object.entries(addresses)) {
      if (program.chats === true) await chatAt(url);
      if (program.use === undefined) continue;
      const page = await openPage(new URL(program.path ?? '/', url).href, program.use, 150_000);
      expect(page.failed, `${which}: ${page.errors.join('\n')}`).toBeUndefined();
      expect(page.value).toBe(program.gives);
      const others = page.errors.filter((error) => program.itsOwn?.test(error) !== true);
      expect(others, which).toEqual([]);
    }
    seen.push(`${labelOf(kind)}: recipe ${program.recipe}, public, tunnel and local used`);
    await ask('launch.stop', { id: right.id });
  } finally {
    await own.run();
  }
}

/** As a person's own program asks a model: a stream of pieces, whatever they say. */
async function chatAt(url: string): Promise<void> {
  const client = new OpenAI({ baseURL: new URL('/v1', url).href, apiKey: 'none' });
  const { data } = await client.models.list();
  const stream = await client.chat.completions.create({
    model: data[0]?.id ?? '',
    messages: [{ role: 'user', content: 'hi' }],
    max_tokens: 8,
    stream: true,
  });
  let pieces = 0;
  for await (const chunk of stream) pieces += chunk.choices.length;
  expect(pieces, url).toBeGreaterThan(1);
}

/** Says what the program said where it does not come. */
async function untilOr(what: string, find: () => boolean, log: () => Promise<string>): Promise<void> {
  try {
    await until(what, find, patient);
  } catch (error) {
    throw new Error(`${String(error)}\n${await log().catch(() => '')}`);
  }
}
