import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Service } from '../../../shared/model/service.ts';
import { labelOf } from '../../../shared/recognition/index.ts';
import { type LookAlikeKind, lookAlike } from '../../local-platform/samples/look-alikes.ts';
import { createCleanup, listenHttp, until } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { createHostBudget } from '../health/index.ts';
import { createKinds } from './kinds.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const listen = (server: Server) => listenHttp(cleanup, server);

const newKinds = () =>
  createKinds({ clock: systemClock, budget: createHostBudget({ clock: systemClock }), onChange: () => {} });

const serviceAt = (port: number): Service => {
  const facts = { at: 0, steps: [], totalMs: 1, status: 200 };
  return {
    id: `c:${port}`,
    containerId: 'c',
    port,
    name: 'x',
    protocol: 'http',
    exposure: { kind: 'unmapped' },
    byHand: false,
    tunnel: { state: { kind: 'connected', since: 0, verifiedAt: 0 } },
    health: { public: { state: 'absent' }, tunnel: { state: 'up', verifiedAt: 0, facts, recentMs: [] } },
    findings: [],
  };
};

describe('a service that came up', () => {
  it.each<[LookAlikeKind, string]>([
    ['gradio', 'Gradio 6.25.0'],
    ['gradio4', 'Gradio 4.44.1'],
    ['vllm', 'vLLM 0.11.0'],
    ['sglang', 'SGLang'],
    ['llamacpp', 'llama.cpp'],
    ['ollama', 'Ollama 0.12.3'],
    ['tensorboard', 'TensorBoard 2.20.0'],
    ['jupyter', 'Jupyter 2.17.0'],
    ['comfyui', 'ComfyUI 0.3.62'],
    ['sdwebui', 'SD WebUI'],
    ['streamlit', 'Streamlit'],
    ['static', 'Python http.server 3.11.2'],
  ])('as %s is asked what it is', async (kind, label) => {
    const port = await listen(lookAlike(kind));
    const kinds = cleanup.add(newKinds());
    kinds.follow([{ service: serviceAt(port), tunnel: { host: '127.0.0.1', port } }]);
    const known = await until(`${kind} to be known`, () => kinds.get(`c:${port}`));
    expect(labelOf(known)).toBe(label);
  });

  it.each<[LookAlikeKind, string]>([
    ['vllm', 'vLLM 0.11.0'],
    ['gradio', 'Gradio'],
  ])('as %s with a login is known too', async (kind, label) => {
    const port = await listen(lookAlike(kind, { apiKey: 'k' }));
    const kinds = cleanup.add(newKinds());
    kinds.follow([{ service: serviceAt(port), tunnel: { host: '127.0.0.1', port } }]);
    const known = await until(`${kind} to be known`, () => kinds.get(`c:${port}`));
    expect(labelOf(known)).toBe(label);
    expect(known.guarded).toBe(true);
  });

  it.each<[LookAlikeKind, string | undefined]>([
    // Its models are open to everybody, whatever key its answers need.
    ['llamacpp', 'llama.cpp'],
    ['ollama', 'Ollama 0.12.3'],
    // Nothing but its health answers, as with many a gateway.
    ['sglang', undefined],
  ])('as %s with a key says as much as it lets everybody know', async (kind, label) => {
    const port = await listen(lookAlike(kind, { apiKey: 'k' }));
    const kinds = cleanup.add(newKinds());
    kinds.follow([{ service: serviceAt(port), tunnel: { host: '127.0.0.1', port } }]);
    if (label === undefined) {
      const locked = await fetch(`http://127.0.0.1:${port}/v1/models`);
      expect([locked.status, (await fetch(`http://127.0.0.1:${port}/health`)).status]).toEqual([401, 200]);
      return;
    }
    const known = await until(`${kind} to be known`, () => kinds.get(`c:${port}`));
    expect(labelOf(known)).toBe(label);
  });

  it('is asked a few harmless questions, once', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('nothing known');
    });
    const port = await listen(server);
    const kinds = cleanup.add(newKinds());
    const entry = { service: serviceAt(port), tunnel: { host: '127.0.0.1', port } };
    kinds.follow([entry]);
    await until('the last question', () => asked.length >= 7);
    kinds.follow([entry]);
    expect(asked).toEqual(
      ['/', '/v1/models', '/config', '/api', '/system_stats', '/_stcore/health', '/data/environment'].map(
        (path) => `GET ${path}`,
      ),
    );
    expect(kinds.get(`c:${port}`)).toBeUndefined();
  });
});

describe('many services that come up together', () => {
  it('are asked two at a time, each question within the budget of its host, and seldom', async () => {
    let answered = 0;
    const port = await listen(createServer((_, response) => response.end(String(++answered))));
    let outstanding = 0;
    let most = 0;
    const hosts = new Set<string>();
    let rests = 0;
    const kinds = cleanup.add(
      createKinds({
        onChange: () => {},
        budget: {
          take: () => 0,
          giveBack() {
            outstanding -= 1;
          },
          async wait(host) {
            hosts.add(host);
            outstanding += 1;
            most = Math.max(most, outstanding);
            return true;
          },
        },
        clock: {
          now: () => 0,
          ticks: () => 0,
          after(_, call) {
            rests += 1;
            const timer = setImmediate(call);
            return () => clearImmediate(timer);
          },
        },
      }),
    );
    const warnings: string[] = [];
    const warn = ({ name }: Error) => warnings.push(name);
    process.on('warning', warn);
    cleanup.later(() => void process.off('warning', warn));
    const services = Array.from({ length: 80 }, (_, index) => ({
      service: { ...serviceAt(port), id: `c:${index}` },
      tunnel: { host: '127.0.0.1', port },
    }));
    kinds.follow(services);
    await until('the last answer', () => answered === services.length * 7);
    expect(most).toBe(2);
    expect([...hosts]).toEqual(['ssh c']);
    expect(rests).toBeGreaterThan(500);
    expect(warnings).toEqual([]);
  });

  it('are asked nothing more when it is stopped', async () => {
    let asked = 0;
    const port = await listen(
      createServer(() => {
        asked += 1;
      }),
    );
    const kinds = newKinds();
    const entry = (id: string) => ({
      service: { ...serviceAt(port), id },
      tunnel: { host: '127.0.0.1', port },
    });
    kinds.follow(['a', 'b', 'c', 'd'].map(entry));
    await until('the first questions', () => asked === 2);
    kinds.stop();
    kinds.follow(['e'].map(entry));
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBe(2);
  });
});
