import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { createPlatformClient } from './client.ts';
import { serve, type TestServer } from './testing/platform.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

describe('what was found out about an API', () => {
  it('names failures and a clock that is wrong, and holds no secret', async () => {
    const token = 't0ken-of-demo';
    server = await serve((_request, response) => {
      const date = new Date(Date.now() + 3_600_000).toUTCString();
      response
        .writeHead(200, { 'content-type': 'application/json', date })
        .end(JSON.stringify({ errors: [{ message: `no: ${token}` }] }));
    });
    const client = createPlatformClient({
      instance: server.instance,
      token: new Secret(token),
      fetch: globalThis.fetch,
      clock: systemClock,
    });
    await client.me(new AbortController().signal);
    const found = client.diagnostics();
    expect(found).toMatchObject({ shape: 'unknown', clockSkewMs: 3_600_000 });
    expect(found.failures).toMatchObject([{ operation: 'Me', code: 'platform_error' }]);
    expect(found.text).toContain('schema: not asked yet');
    expect(found.text).toContain('server ahead by 60 min');
    expect(JSON.stringify(found)).not.toContain(token);
  });
});
