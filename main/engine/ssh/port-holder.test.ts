import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listenLocally } from './listener.ts';
import { listeningInodes, portHolder, readLsof, readPidAndName } from './port-holder.ts';

describe('who holds a port', () => {
  it.runIf(process.platform === 'linux')('is told by the system, with the next free port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await portHolder(port)).toMatchObject({ pid: process.pid });
    const listener = await listenLocally({ bind: '127.0.0.1', port, onClient: () => {} });
    expect(listener).toMatchObject({
      ok: false,
      error: { code: 'local_port_busy', params: { port, pid: process.pid, free: expect.any(Number) } },
    });
    server.close();
  });

  it('is read from what lsof and PowerShell print', () => {
    expect(readLsof('p912\ncControlCenter\nf9\n')).toEqual({ pid: 912, program: 'ControlCenter' });
    expect(readLsof('')).toBeUndefined();
    expect(readPidAndName('4312 My App\r\n')).toEqual({ pid: 4312, program: 'My App' });
    expect(readPidAndName('nothing')).toBeUndefined();
  });

  it('is found in the kernel’s table by port and state', () => {
    const row = (local: string, state: string, inode: number) =>
      `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0 100`;
    const table = [
      '  sl  local_address',
      row('0100007F:1F90', '0A', 11),
      row('0100007F:1F90', '01', 12),
    ].join('\n');
    expect(listeningInodes(table, 8080)).toEqual(['11']);
    expect(listeningInodes(table, 80)).toEqual([]);
    expect(listeningInodes('x y z', 80)).toEqual([]);
  });
});
