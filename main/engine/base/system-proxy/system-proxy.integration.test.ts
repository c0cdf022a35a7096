import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../local-platform/certificate.ts';
import {
  createCleanup,
  freePort,
  itWith,
  listenHttp,
  loopback,
  startRecordingProxy,
  until,
} from '../../../testing/index.ts';
import { connectTimed, networkFailure, startStopwatch } from '../../health/index.ts';
import { createUpstreamPool } from '../../proxy/carrier/upstream-pool.ts';
import { routeByEnvironment } from './environment.ts';
import { createSystemProxy, fetchOut, setSystemProxy } from './index.ts';

const cleanup = createCleanup();
afterEach(async () => {
  setSystemProxy(createSystemProxy({ environment: {}, now: Date.now }));
  await cleanup.run();
});
const run = promisify(execFile);
const signal = () => AbortSignal.timeout(20_000);

/** A web server that no resolver knows, and the proxy that leads to it. */
async function setup() {
  const web = await listenHttp(
    cleanup,
    createServer((request, response) => response.end(`${request.headers.host} ${request.url}`)),
  );
  const proxy = cleanup.add(await startRecordingProxy(web));
  const use = (environment: Record<string, string>, desktop?: (url: string) => Promise<string>) =>
    setSystemProxy(createSystemProxy({ environment, desktop, now: Date.now }));
  return { web, proxy, use, at: `http://127.0.0.1:${proxy.port}` };
}

const textOf = async (url: string) => (await fetchOut(url, { signal: signal() })).text();

/** What a probe finds, or the code of why it does not. */
async function probed(host: string, port = 80) {
  const watch = startStopwatch(() => 0, 'name');
  try {
    const socket = await connectTimed({ host, port, tls: false }, watch, signal());
    socket.destroy();
    return 'stands';
  } catch (error) {
    return networkFailure(error, watch.step, { host, port }).code;
  }
}

describe('the proxy of this computer', () => {
  it('carries questions to the platform, probes and what the local addresses lead to', async () => {
    const { proxy, use, at } = await setup();
    use({ http_proxy: at });
    expect(await textOf('http://platform.example/gateway')).toBe('platform.example /gateway');
    expect(await probed('gear.example')).toBe('stands');

    const got: string[] = [];
    const pool = createUpstreamPool((error) => {
      throw error;
    });
    cleanup.later(() => pool.close());
    const connection = pool.take({ origin: 'http://demo-web.gear.example', ca: undefined } as never, {
      onConnected: () => connection.socket.write('GET /page HTTP/1.1\r\nHost: demo-web.gear.example\r\n\r\n'),
      onData: (chunk) => got.push(chunk.toString()),
      onDrain: () => {},
      onOver: () => {},
    });
    await until('the page', () => got.join('').includes('demo-web.gear.example /page'));
    expect(proxy.asked).toEqual(['platform.example:80', 'gear.example:80', 'demo-web.gear.example:80']);
  });

  it('is asked with the login that the environment names, which no error shows', async () => {
    const { proxy, use, at } = await setup();
    use({ http_proxy: at.replace('//', '//me:hush%20hush@') });
    await textOf('http://platform.example/');
    expect(proxy.logins).toEqual([`Basic ${Buffer.from('me:hush hush').toString('base64')}`]);
    proxy.refuse(407);
    const thrown = await textOf('http://other.example/').catch((error: unknown) => error);
    expect(
      JSON.stringify(thrown, Object.getOwnPropertyNames(thrown)) + String((thrown as Error).cause),
    ).not.toContain('hush');
  });

  it.each([
    [407, 'system_proxy_login'],
    [403, 'system_proxy_refused'],
    [502, 'system_proxy_refused'],
  ])('that answers %i is told as such: %s', async (status, code) => {
    const { proxy, use, at } = await setup();
    use({ http_proxy: at });
    proxy.refuse(status);
    expect(await probed('gear.example')).toBe(code);
  });

  it('that is not there is told as such', async () => {
    const { use } = await setup();
    use({ http_proxy: `http://127.0.0.1:${await freePort()}` });
    expect(await probed('gear.example')).toBe('system_proxy_unreachable');
  });

  it('never carries what is on this computer', async () => {
    const { web, proxy, use, at } = await setup();
    use({ http_proxy: at, all_proxy: at }, async () => `PROXY 127.0.0.1:${proxy.port}`);
    for (const host of ['localhost', '127.0.0.1', 'web.localhost', 'LOCALHOST.'])
      expect(await probed(host, web)).toBe('stands');
    expect(await textOf(`http://127.0.0.1:${web}/x`)).toContain('/x');
    expect(proxy.asked).toEqual([]);
  });

  it('is the one that the desktop names, the first that stands, where the environment is silent', async () => {
    const { proxy, use } = await setup();
    const questions: string[] = [];
    const dead = await freePort();
    use({}, async (url) => {
      questions.push(url);
      return `PROXY 127.0.0.1:${dead}; PROXY 127.0.0.1:${proxy.port}; DIRECT`;
    });
    expect(await textOf('http://platform.example/a')).toContain('platform.example');
    expect(await textOf('http://platform.example/b')).toContain('platform.example');
    expect(proxy.asked[0]).toBe('platform.example:80');
    expect(questions).toEqual(['http://platform.example/']);
  });

  it('carries encrypted connections whole: the far certificate is the one that is judged', async () => {
    const { key, cert } = await makeCertificate('platform.example');
    const tls = await listenHttp(
      cleanup,
      createTlsServer({ key, cert }, (_request, response) => response.end('sealed')) as never,
    );
    const proxy = cleanup.add(await startRecordingProxy(tls));
    setSystemProxy(
      createSystemProxy({ environment: { https_proxy: `http://127.0.0.1:${proxy.port}` }, now: Date.now }),
    );
    await expect(textOf('https://platform.example/')).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/) },
    });
    const watch = startStopwatch(() => 0, 'name');
    const socket = await connectTimed(
      { host: 'platform.example', port: 443, tls: true, ca: cert },
      watch,
      signal(),
    );
    socket.destroy();
    expect(proxy.asked).toEqual(['platform.example:443', 'platform.example:443']);
  });

  itWith('microsocks')('may speak SOCKS', async () => {
    const { web, use } = await setup();
    const port = await freePort();
    const socks = cleanup.add(loopback.start(['microsocks', '-i', '127.0.0.1', '-p', String(port)]));
    // This SOCKS server asks the resolver, and every system knows this name: the environment is asked past the rule of loopback.
    const { openByProxy } = await import('./open-by-proxy.ts');
    const open = () =>
      openByProxy({ kind: 'socks5', host: '127.0.0.1', port }, { host: '127.0.0.1', port: web }, signal());
    const socket = await until('the SOCKS server', () => open().catch(() => undefined));
    let got = '';
    socket.on('data', (chunk: Buffer) => {
      got += chunk.toString();
    });
    socket.write('GET /by-socks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await until('the page', () => got.includes('x /by-socks'));
    await expect(
      openByProxy(
        { kind: 'socks5', host: '127.0.0.1', port },
        { host: '127.0.0.1', port: await freePort() },
        signal(),
      ),
    ).rejects.toMatchObject({ code: 'SYSTEM_PROXY_REFUSED' });
    use({ all_proxy: `socks5://127.0.0.1:${await freePort()}` });
    expect(await probed('gear.example')).toBe('system_proxy_unreachable');
    await socks.stop();
  });
});

itWith('curl')('reads NO_PROXY as curl does', async () => {
  const proxy = cleanup.add(await startRecordingProxy());
  const hosts = ['a.example', 'b.a.example', 'xa.example', '10.1.2.3', '10.9.0.1', '[fd00::7]'];
  const lists = [
    ...['a.example', '.a.example', 'b.a.example', '*', 'other.example, a.example', 'A.EXAMPLE', 'example'],
    ...['10.1.2.3', '10.0.0.0/8', '10.1.0.0/16', 'fd00::7', '', 'a.example.', '1.2.3.4, ,b.a.example'],
  ];
  const differs: string[] = [];
  for (const list of lists)
    for (const host of hosts) {
      const url = `http://${host}/`;
      const environment = { http_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: list };
      const before = proxy.asked.length;
      const straight = ['--connect-to', '::127.0.0.1:1', '--max-time', '5'];
      await run('curl', ['-s', ...straight, url], { env: { PATH: process.env.PATH, ...environment } }).catch(
        () => {},
      );
      const byCurl = proxy.asked.length > before;
      const byUs = routeByEnvironment(environment, new URL(url)) !== 'direct';
      if (byCurl !== byUs) differs.push(`${list} ${host}: curl ${byCurl}, we ${byUs}`);
    }
  expect(differs).toEqual([]);
});
