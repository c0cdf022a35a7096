import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import httpProxy from 'http-proxy';

/** http-proxy as its README shows it, with an agent that keeps connections: one port for each origin. */
export async function servePlainHttpProxy(origins: readonly string[]): Promise<void> {
  const ports: number[] = [];
  for (const target of origins) {
    const agent = new Agent({ keepAlive: true, maxSockets: 256 });
    const proxy = httpProxy.createProxyServer({ target, agent });
    proxy.on('error', (_error, _request, response) => void response.destroy());
    const server = createServer((request, response) => proxy.web(request, response));
    server.requestTimeout = 0;
    server.on('upgrade', (request, socket, head) => proxy.ws(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports.push((server.address() as AddressInfo).port);
  }
  console.log(JSON.stringify({ ports }));
  process.stdin.on('end', () => process.exit(0)).resume();
}
