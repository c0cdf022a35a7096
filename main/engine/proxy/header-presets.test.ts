import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createVite } from 'vite';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { headerRules, type PresetId, presetIds } from '../../../shared/model/headers.ts';
import { headerPresets, presetOf, rulesOf } from '../../../shared/routing/index.ts';
import { words } from '../../../shared/words/index.ts';
import { ask, at, closeAll, onClose, origin, startProxy } from './testing/proxy.ts';

afterEach(closeAll);

/** What each application is documented to refuse, as far as headers decide: `source` of its preset. */
const checks: Readonly<Partial<Record<PresetId, (headers: IncomingHttpHeaders) => boolean>>> = {
  // An Origin that is not the Host is cross-origin.
  jupyter: ({ origin: from, host }) => from === undefined || new URL(from).host === host,
  // Only with a loopback Host; a different Origin is refused.
  comfyui: ({ origin: from, host = '' }) =>
    from === undefined || !/^(127\.|localhost)/.test(host) || new URL(from).host === host,
  // Known origins are localhost, loopback and the server's own address, by their name alone.
  streamlit: ({ origin: from }) =>
    from === undefined || ['localhost', '127.0.0.1', '0.0.0.0'].includes(new URL(from).hostname),
  // On loopback only local names; of the origins only local ones.
  ollama: ({ host = '', origin: from }) =>
    /^(localhost|127\.0\.0\.1)(:|$)/.test(host) &&
    (from === undefined || /^https?:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(from)),
  // With a loopback Host other origins get no CORS answer.
  gradio: ({ origin: from }) =>
    from === undefined || ['localhost', '127.0.0.1', '0.0.0.0'].includes(new URL(from).hostname),
};

describe('the preset of an application', () => {
  it.each(Object.keys(checks) as PresetId[])(
    'makes a page of %s work that fails without it',
    async (preset) => {
      const service = await origin((incoming, response) =>
        response.writeHead(checks[preset]?.(incoming.headers) === true ? 200 : 403).end(),
      );
      const status = async (rules: ReadonlySet<(typeof headerRules)[number]>) => {
        const { port } = await startProxy([{ tunnel: at(service.port), port: 8888, rules }]);
        return (await ask(port, { headers: { origin: `http://web.localhost:${port}` } })).status;
      };
      expect(await status(rulesOf({ preset, on: [], off: [] }))).toBe(200);
      // Host alone, as a proxy that knows only half of it would send.
      const half = preset === 'jupyter' || preset === 'comfyui' ? (['origin'] as const) : headerRules;
      expect(await status(rulesOf({ preset, on: [], off: [...half] }))).toBe(403);
    },
  );

  it('lets Gradio build its root from the forwarded headers', async () => {
    const service = await origin((incoming, response) =>
      response.end(`${incoming.headers['x-forwarded-proto']}://${incoming.headers['x-forwarded-host']}`),
    );
    const rules = rulesOf({ preset: 'gradio', on: [], off: [] });
    const { port } = await startProxy([{ tunnel: at(service.port), rules }]);
    const spoofed = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    expect((await ask(port, { headers: spoofed })).body).toBe(`http://web.localhost:${port}`);
  });

  it.each(['tensorboard', 'vllm'] as const)(
    'leads redirects of %s back to the local address',
    async (preset) => {
      const service = await origin((incoming, response) =>
        response.writeHead(307, { location: `http://${incoming.headers.host}/v1/models/` }).end(),
      );
      const location = async (off: readonly (typeof headerRules)[number][]) => {
        const rules = rulesOf({ preset, on: [], off: [...off] });
        const { port } = await startProxy([{ tunnel: at(service.port), port: 8000, rules }]);
        return { port, location: (await ask(port, { path: '/v1/models' })).headers.location };
      };
      const on = await location([]);
      expect(on.location).toBe(`http://web.localhost:${on.port}/v1/models/`);
      expect((await location(['redirects'])).location).toBe('http://127.0.0.1:8000/v1/models/');
    },
  );

  it('lets Vite itself serve its page and open its reload socket', async () => {
    const vite = await createVite({
      configFile: false,
      logLevel: 'silent',
      root: new URL('../../../renderer', import.meta.url).pathname,
      cacheDir: join(tmpdir(), `gearway-vite-${process.pid}`),
      server: { host: '127.0.0.1', port: 0, allowedHosts: [] },
      optimizeDeps: { noDiscovery: true },
    });
    onClose(() => vite.close());
    await vite.listen();
    const address = vite.httpServer?.address();
    const far = typeof address === 'object' && address !== null ? address.port : 0;
    const rules = rulesOf({ preset: 'vite', on: [], off: [] });
    const { port } = await startProxy([{ public: `http://127.0.0.1:${far}`, choice: 'public', rules }]);
    const headers = { host: `web.localhost:${port}`, origin: `http://web.localhost:${port}` };
    const page = await ask(port, { path: '/@vite/client', headers });
    expect(page.status).toBe(200);
    const token = /wsToken = "([^"]+)"/.exec(page.body)?.[1] ?? '';
    const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${token}`, 'vite-hmr', { headers });
    onClose(() => socket.terminate());
    const hello = await new Promise<string>((resolve, reject) => {
      socket.once('message', (data) => resolve(String(data)));
      socket.once('error', reject);
    });
    expect(JSON.parse(hello)).toMatchObject({ type: 'connected' });
    // Vite refuses a name that nobody allowed: what a mapping's own name would meet.
    const straight = await new Promise<number>((resolve, reject) => {
      request({ ...at(far), path: '/@vite/client', headers: { host: 'demo-app.gear.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
    expect(straight).toBe(403);
  }, 20_000);
});

describe('presets', () => {
  it('follow what answers, unless one is chosen', () => {
    expect(presetOf('Gradio 6.25')).toBe('gradio');
    expect(presetOf('SGLang')).toBe('vllm');
    expect(presetOf(undefined)).toBe('standard');
    expect([...rulesOf({ preset: 'auto', on: ['forwarded'], off: ['host'] }, 'Ollama')]).toEqual([
      'origin',
      'forwarded',
    ]);
  });

  it('are explained, every one and every rule, and name their source', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const { headers } = words[language];
      for (const id of presetIds) expect(headers.presetWhy[id].length, id).toBeGreaterThan(0);
      for (const rule of headerRules) expect(headers.ruleWhy[rule].length, rule).toBeGreaterThan(0);
    }
    for (const id of presetIds) expect(headerPresets[id].source).toMatch(/^https:\/\//);
  });
});

describe('cookies', () => {
  it.each([
    ['a=1; Domain=gear.example; Path=/; HttpOnly', 'a=1; Path=/; HttpOnly'],
    ['a=1; domain = .localhost', 'a=1'],
    ['a=1; Secure; Path=/', 'a=1; Path=/'],
    ['a=1; Secure; SameSite=None', 'a=1; Secure; SameSite=None'],
    ['__Host-a=1; Secure; Path=/', '__Host-a=1; Secure; Path=/'],
    ['a=secure; Path=/', 'a=secure; Path=/'],
  ])('%s comes as %s', async (sent, got) => {
    const service = await origin((_, response) => response.writeHead(200, { 'set-cookie': sent }).end());
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    expect((await ask(port)).headers['set-cookie']).toEqual([got]);
  });
});

describe('addresses of the service in an answer', () => {
  it.each([
    ['location', 'http://127.0.0.1:8888/a', 'LOCAL/a'],
    ['location', '//127.0.0.1:8888/a', 'LOCAL/a'],
    ['location', 'https://127.0.0.1:8888/a', 'LOCAL/a'],
    ['location', 'http://127.0.0.1:8888?a', 'LOCAL?a'],
    ['location', 'http://127.0.0.1:8888', 'LOCAL'],
    ['location', 'http://127.0.0.1:8888@evil.example/a', 'http://127.0.0.1:8888@evil.example/a'],
    ['location', '/a', '/a'],
    ['location', 'https://elsewhere.example/a', 'https://elsewhere.example/a'],
    ['location', 'http://127.0.0.1:88889/a', 'http://127.0.0.1:88889/a'],
    ['content-location', 'http://127.0.0.1:8888/a', 'LOCAL/a'],
    ['refresh', '0; url=http://127.0.0.1:8888/a', '0; url=LOCAL/a'],
    [
      'link',
      '<http://127.0.0.1:8888/a>; rel=next, <http://x.example/b>',
      '<LOCAL/a>; rel=next, <http://x.example/b>',
    ],
    ['access-control-allow-origin', 'http://127.0.0.1:8888', 'LOCAL'],
    ['access-control-allow-origin', '*', '*'],
  ])('%s: %s becomes %s', async (name, sent, got) => {
    const service = await origin((_, response) => response.writeHead(200, { [name]: sent }).end());
    const { port } = await startProxy([{ tunnel: at(service.port), port: 8888 }]);
    const local = `http://web.localhost:${port}`;
    expect((await ask(port)).headers[name]).toBe(got.replace('LOCAL', local));
  });
});
