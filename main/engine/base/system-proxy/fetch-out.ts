import { connect as connectTls } from 'node:tls';
import type { Agent } from 'undici';
import type { SystemProxy } from './system-proxy.ts';

/** `fetch` by the computer's proxies. Where there are none it is Node's own. */
export function createFetch(proxy: () => SystemProxy): typeof fetch {
  let agent: Agent | undefined;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (proxy().isDirect(url)) return fetch(input, init);
    const { Agent, fetch: fetchBy } = await import('undici');
    agent ??= new Agent({
      connect({ hostname, port, protocol, servername }, callback) {
        const to = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}`);
        const opened = proxy().openLate(to);
        const secure = protocol === 'https:';
        const socket = secure
          ? connectTls({ socket: opened, servername: servername || hostname, ALPNProtocols: ['http/1.1'] })
          : opened;
        const fail = (error: Error) => callback(error, null);
        opened.once('error', fail);
        socket.once('error', fail);
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          opened.off('error', fail);
          socket.off('error', fail);
          if (secure) opened.on('error', (error) => socket.destroy(error));
          callback(null, socket as unknown as Parameters<typeof callback>[1] & object);
        });
      },
    });
    return (await fetchBy(url, { ...(init as object), dispatcher: agent })) as unknown as Response;
  };
}
