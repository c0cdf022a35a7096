import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { type Authority, issue, makeAuthority } from './authority.ts';

/** Whether a client that trusts the authority alone accepts what is issued for `name` when it asks for `asked`. */
async function accepts(authority: Authority, name: string, asked: string): Promise<string> {
  const server = createServer(await issue(authority, name, Date.now()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const isAddress = asked.startsWith('127.');
  const verdict = await new Promise<string>((resolve) => {
    const socket: TLSSocket = connect(
      {
        port,
        host: isAddress ? asked : '127.0.0.1',
        servername: isAddress ? '' : asked,
        ca: authority.certificate,
      },
      () => {
        socket.destroy();
        resolve('accepted');
      },
    );
    socket.on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? error.message));
  });
  await new Promise((resolve) => server.close(resolve));
  return verdict;
}

describe('the local authority', () => {
  it('issues for names under localhost and for loopback', async () => {
    const authority = await makeAuthority(Date.now());
    expect(await accepts(authority, 'gradio.localhost', 'gradio.localhost')).toBe('accepted');
    expect(await accepts(authority, 'localhost', 'localhost')).toBe('accepted');
    expect(await accepts(authority, 'localhost', '127.0.0.1')).toBe('accepted');
    expect(await accepts(authority, 'gradio.localhost', 'other.localhost')).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
  });

  it('is believed for no other name, even by those who trust it', async () => {
    const authority = await makeAuthority(Date.now());
    expect(await accepts(authority, 'bank.example', 'bank.example')).not.toBe('accepted');
  });

  it('is another one each time, and keeps its key to itself', async () => {
    const [one, other] = [await makeAuthority(Date.now()), await makeAuthority(Date.now())];
    expect(one.certificate).not.toBe(other.certificate);
    expect(JSON.stringify(one)).not.toContain('PRIVATE');
  });
});
