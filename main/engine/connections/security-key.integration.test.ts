import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, startSshServer } from '../../testing/index.ts';
import { readParts, wireNumber, wirePart } from '../ssh/wire-strings.ts';
import { createConnectionLab, done, saved } from './testing/connections.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const { engine, emptyHome } = createConnectionLab(cleanup);

const type = 'sk-ssh-ed25519@openssh.com';

/** A token of this test's own: an agent that signs as OpenSSH's does for one that was touched (its PROTOCOL.u2f). */
async function startToken(home: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const blob = Buffer.concat([wirePart(type), wirePart(raw), wirePart('ssh:')]);
  const digest = (text: Buffer | string) => createHash('sha256').update(text).digest();
  const signed = (data: Buffer) => {
    const state = Buffer.concat([Buffer.from([1]), wireNumber(5)]);
    const signature = sign(null, Buffer.concat([digest('ssh:'), state, digest(data)]), privateKey);
    return Buffer.concat([wirePart(type), wirePart(signature), state]);
  };
  const socket = join(home, 'token');
  const agent = createServer((client) => {
    client.on('error', () => {});
    client.on('data', (message) => {
      const parts = readParts(message.subarray(5));
      const isList = message[4] === 11;
      if (!isList) parts.part();
      const answer = isList
        ? [Buffer.from([12]), wireNumber(1), wirePart(blob), wirePart('token')]
        : [Buffer.from([14]), wirePart(signed(parts.part() ?? Buffer.alloc(0)))];
      client.write(wirePart(Buffer.concat(answer)));
    });
  }).listen(socket);
  await once(agent, 'listening');
  cleanup.later(() => void agent.close());
  return { socket, line: `${type} ${blob.toString('base64')} token\n` };
}

describe('a key on a security token', () => {
  it('signs in by the agent that holds it', async () => {
    const home = await emptyHome();
    const token = await startToken(home);
    const keys = join(home, 'keys');
    await writeFile(keys, token.line);
    const server = await startSshServer({ options: [`AuthorizedKeysFile ${keys}`] });
    cleanup.later(() => server.stop());
    const lab = await engine({ home, agent: token.socket });
    const id = await saved(lab.ask, server, { login: 'agent' });
    await lab.ask('connections.connect', { id });
    expect(await lab.ask('connections.acceptKey', { id, fingerprint: server.fingerprint })).toEqual(done);
  });

  it('in a file says that an agent has to sign', async () => {
    const home = await emptyHome();
    const token = await startToken(home);
    const file = join(home, 'id_sk');
    await writeFile(file, '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n');
    await appendFile(`${file}.pub`, token.line);
    const server = await startSshServer();
    cleanup.later(() => server.stop());
    const lab = await engine({ home });
    const id = await saved(lab.ask, server, { login: 'key', keyFiles: file });
    await lab.ask('connections.connect', { id });
    expect(await lab.ask('connections.acceptKey', { id, fingerprint: server.fingerprint })).toMatchObject({
      error: { code: 'ssh_security_key', params: { file } },
    });
  });
});
