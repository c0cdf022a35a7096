import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { webApp } from './web-app.ts';

it('a sample whose port is taken tells who makes it listen, and ends nothing else', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const app = webApp('web');
  const failed = once(app, 'error');
  app.listen((other.address() as AddressInfo).port, '127.0.0.1');
  expect(await failed).toMatchObject([{ code: 'EADDRINUSE' }]);
  other.close();
});
