import { execFile } from 'node:child_process';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCleanup, type SshServer, startChild, startSshServer, until } from '../../testing/index.ts';
import { createConnectionLab, done, pasted, saved } from './testing/connections.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());
const { engine, emptyHome } = createConnectionLab(cleanup);

let authority: string;
let server: SshServer;
beforeAll(async () => {
  const own = createCleanup();
  const lab = createConnectionLab(own);
  authority = join(await lab.emptyHome(), 'authority');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', authority]);
  // A key alone opens nothing here.
  server = await startSshServer({
    options: [
      `TrustedUserCAKeys ${authority}.pub`,
      'AuthorizedKeysFile none',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
    ],
  });
  return async () => {
    await server.stop();
    await own.run();
  };
});

type Lab = Awaited<ReturnType<typeof engine>>;
async function connect({ ask }: Lab, id: string) {
  await ask('connections.connect', { id });
  return ask('connections.acceptKey', { id, fingerprint: server.fingerprint });
}

/** A key with a certificate beside it. */
async function certified(
  home: string,
  how: readonly string[] = ['-V', '+1h'],
  kind: readonly string[] = ['ed25519'],
) {
  const file = join(home, 'key');
  await run('ssh-keygen', ['-q', '-t', ...kind, '-N', '', '-f', file]);
  await run('ssh-keygen', ['-q', '-s', authority, '-I', 'a person', '-n', 'root', ...how, `${file}.pub`]);
  return file;
}

async function agentWith(home: string, file: string): Promise<string> {
  const socket = join(home, 'agent');
  cleanup.add(startChild(['ssh-agent', '-D', '-a', socket]));
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  await until('the agent', () =>
    run('ssh-add', ['-q', file], { env }).then(
      () => true,
      () => false,
    ),
  );
  return socket;
}

describe('a certificate of an authority that the server trusts opens it', () => {
  it.each([
    ['ed25519'],
    ['rsa', '-b', '2048'],
    ['ecdsa', '-b', '256'],
    ['ecdsa', '-b', '384'],
    ['ecdsa', '-b', '521'],
  ])('beside its key, of type %s %s %s', async (...kind) => {
    const home = await emptyHome();
    const lab = await engine({ home });
    const file = await certified(
      home,
      undefined,
      kind.filter((word) => word !== undefined),
    );
    const id = await saved(lab.ask, server, { login: 'key', keyFiles: file });
    expect(await connect(lab, id)).toEqual(done);
  });

  it.each([['ed25519'], ['rsa'], ['ecdsa']])('from the agent, of type %s', async (kind) => {
    const home = await emptyHome();
    const file = await certified(home, undefined, [kind]);
    const agent = await agentWith(home, file);
    await rm(file);
    const lab = await engine({ home, agent });
    const id = await saved(lab.ask, server, { login: 'agent' });
    expect(await connect(lab, id)).toEqual(done);
  });

  it('named by the configuration, with its key in a file that the configuration names', async () => {
    const home = await emptyHome();
    const file = await certified(home);
    await rename(`${file}-cert.pub`, join(home, 'paper'));
    await writeFile(
      join(home, '.ssh/config'),
      `Host lab\n  HostName 127.0.0.1\n  User root\n  Port ${server.port}\n  IdentityFile ${file}\n  CertificateFile ${home}/paper\n`,
    );
    const lab = await engine({ home });
    expect(await connect(lab, await pasted(lab.ask, 'ssh lab'))).toEqual(done);
  });

  it('named by a file, with its key in the agent only', async () => {
    const home = await emptyHome();
    const file = await certified(home);
    await rename(`${file}-cert.pub`, join(home, 'paper'));
    const agent = await agentWith(home, file);
    await rm(file);
    const lab = await engine({ home, agent });
    const id = await pasted(
      lab.ask,
      `ssh -o CertificateFile=${home}/paper -o IdentitiesOnly=yes -p ${server.port} root@127.0.0.1`,
    );
    expect(await connect(lab, id)).toEqual(done);
  });

  it('by the usual key of the home folder', async () => {
    const home = await emptyHome();
    const file = await certified(home);
    await copyFile(file, join(home, '.ssh/id_ed25519'));
    await copyFile(`${file}-cert.pub`, join(home, '.ssh/id_ed25519-cert.pub'));
    const lab = await engine({ home });
    expect(await connect(lab, await pasted(lab.ask, `ssh -p ${server.port} root@127.0.0.1`))).toEqual(done);
  });
});

describe('a certificate that does not open says why', () => {
  it('where its time is over', async () => {
    const home = await emptyHome();
    const lab = await engine({ home });
    const file = await certified(home, ['-V', '20200101:20200102']);
    const id = await saved(lab.ask, server, { login: 'key', keyFiles: file });
    expect(await connect(lab, id)).toMatchObject({
      error: { code: 'ssh_certificate_expired', params: { file: `${file}-cert.pub` } },
    });
  });

  it('where it is one of a host', async () => {
    const home = await emptyHome();
    const lab = await engine({ home });
    const file = await certified(home, ['-h']);
    const id = await saved(lab.ask, server, { login: 'key', keyFiles: file });
    expect(await connect(lab, id)).toMatchObject({ error: { code: 'ssh_certificate_unreadable' } });
  });

  it('where its key is nowhere', async () => {
    const home = await emptyHome();
    const lab = await engine({ home });
    const file = await certified(home);
    await rm(file);
    await rm(`${file}.pub`);
    const id = await pasted(
      lab.ask,
      `ssh -o CertificateFile=${file}-cert.pub -o IdentitiesOnly=yes -p ${server.port} root@127.0.0.1`,
    );
    expect(await connect(lab, id)).toMatchObject({ error: { code: 'ssh_certificate_without_key' } });
  });
});
