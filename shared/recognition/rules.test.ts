import { describe, expect, it } from 'vitest';
import { type Answered, recognise } from './rules.ts';

const answer = (
  path: string,
  body: string | object,
  headers: Answered['headers'] = {},
  status = 200,
): Answered => ({
  path,
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const models = (owned_by?: string) => ({ object: 'list', data: [{ id: 'm', object: 'model', owned_by }] });

describe('what answers behind a port', () => {
  it.each<[string | undefined, Answered]>([
    ['vLLM', answer('/v1/models', models('vllm'))],
    ['SGLang', answer('/v1/models', models('sglang'))],
    ['llama.cpp', answer('/v1/models', models('llamacpp'))],
    ['OpenAI API', answer('/v1/models', models('somebody'))],
    ['Gradio 6.25.0', answer('/config', { version: '6.25.0', api_prefix: '/gradio_api', components: [] })],
    ['Gradio 4.1', answer('/config', { version: '4.1', components: [] })],
    [
      'Gradio 6.25.0',
      answer(
        '/config',
        `{"version":"6.25.0","api_prefix":"/gradio_api","components":[${'1,'.repeat(40_000)}`,
      ),
    ],
    ['Gradio', answer('/config', '{"detail":{"error":"Not authenticated","auth_message":null}}', {}, 401)],
    ['Ollama', answer('/', 'Ollama is running')],
    ['SGLang', answer('/', 'SGLang is running')],
    ['Jupyter', answer('/api', { version: '2.14.2' }, { server: 'TornadoServer/6.4' })],
    ['ComfyUI', answer('/system_stats', { system: { os: 'posix' }, devices: [] })],
    ['Streamlit', answer('/', '<html><title>Streamlit</title>')],
    ['TensorBoard', answer('/', '<html><title>TensorBoard</title>')],
    ['Python http.server', answer('/', '', { server: 'SimpleHTTP/0.6 Python/3.11.2' })],
    [undefined, answer('/', '<title>My page</title>', { server: 'nginx' })],
    [undefined, answer('/v1/models', { data: [] })],
    [undefined, answer('/v1/models', '[1,2')],
    [undefined, answer('/v1/models', { data: ['x'] })],
    [undefined, answer('/config', { version: '1.0', name: 'mine' })],
    [undefined, answer('/config', 'null')],
    [undefined, answer('/api', { version: '2', name: 'mine' }, { server: 'uvicorn' })],
    [undefined, answer('/system_stats', { system: 1 })],
    ['OpenAI API', answer('/v1/models', { data: [{ id: 1, owned_by: '__proto__' }] })],
  ])('%s', (name, given) => {
    expect(recognise(given)).toBe(name);
  });
});
