import { describe, expect, it } from 'vitest';
import { type Answered, kindOfGreeting, labelOf, nextPath, recognise } from './rules.ts';

const answer = (
  path: string,
  body: string | object,
  headers: Answered['headers'] = {},
  status = 200,
): Answered => ({ path, status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
const models = (owned_by?: string) => ({ object: 'list', data: [{ id: 'm', object: 'model', owned_by }] });
const page = (title: string, more = '') =>
  `<!doctype html><html><head><title>${title}</title>${more}</head></html>`;
const tornado = { server: 'TornadoServer/6.4' };
const jupyterPolicy = "frame-ancestors 'self'; report-uri /api/security/csp-report; default-src 'none'";

const label = (answers: readonly Answered[]) => {
  const known = recognise(answers);
  return known === undefined ? undefined : `${labelOf(known)}${known.guarded === true ? ', guarded' : ''}`;
};

describe('what answers behind a port', () => {
  it.each<[string | undefined, ...Answered[]]>([
    ['vLLM 0.11.0', answer('/v1/models', models('vllm')), answer('/version', { version: '0.11.0' })],
    ['vLLM', answer('/v1/models', models('vllm'))],
    [
      'vLLM 0.11.0, guarded',
      answer('/v1/models', { error: 'Unauthorized' }, {}, 401),
      answer('/version', { version: '0.11.0' }),
    ],
    ['SGLang', answer('/v1/models', models('sglang'))],
    ['SGLang', answer('/', 'Ollama is running'), answer('/v1/models', models('sglang'))],
    ['SGLang', answer('/', 'SGLang is running')],
    ['llama.cpp', answer('/v1/models', models('llamacpp'))],
    ['Ollama 0.12.3', answer('/', 'Ollama is running'), answer('/api/version', { version: '0.12.3' })],
    [
      'Ollama 0.12.3',
      answer('/', 'Ollama is running'),
      answer('/v1/models', models('library')),
      answer('/api/version', { version: '0.12.3' }),
    ],
    ['OpenAI API', answer('/v1/models', models('somebody'))],
    [
      'OpenAI API',
      answer('/v1/models', { object: 'list', data: [{ id: 'x', object: 'model', owned_by: '__proto__' }] }),
    ],
    ['Gradio 6.25.0', answer('/config', { version: '6.25.0', api_prefix: '/gradio_api', components: [] })],
    ['Gradio 4.1', answer('/config', { version: '4.1', components: [] })],
    [
      'Gradio 6.25.0',
      answer(
        '/config',
        `{"version":"6.25.0","api_prefix":"/gradio_api","components":[${'1,'.repeat(40_000)}`,
      ),
    ],
    [
      'Gradio, guarded',
      answer('/config', { detail: { error: 'Not authenticated', auth_message: null } }, {}, 401),
    ],
    ['SD WebUI', answer('/config', { version: '3.41.2', components: [] }), answer('/internal/ping', '{}')],
    [
      'Jupyter 2.14.2',
      answer('/', '', { ...tornado, location: '/lab?' }, 302),
      answer('/api', { version: '2.14.2' }, tornado),
    ],
    // Recorded from the programs themselves: their versions are in the labels.
    ['MLflow 3.17.2', answer('/', page('MLflow')), answer('/version', '3.17.2')],
    [
      'marimo 0.25.2',
      answer(
        '/',
        '<marimo-filename hidden>nb.py</marimo-filename><marimo-version data-version="0.25.2" hidden>',
      ),
    ],
    [
      'marimo 0.25.2',
      answer('/', '<title>nb</title><marimo-version hidden data-version="0.25.2">0.25.2</marimo-version>'),
    ],
    ['Open WebUI 0.6.30', answer('/', page('Open WebUI')), answer('/api/config', { version: '0.6.30' })],
    [
      'Jupyter 2.20.0',
      answer('/', '', { ...tornado, location: '/login?next=%2Flab%3F' }, 302),
      answer('/api', { version: '2.20.0' }, { ...tornado, 'content-security-policy': jupyterPolicy }),
    ],
    ['Jupyter 2.14.2', answer('/', '', { location: '/tree?' }, 302), answer('/api', { version: '2.14.2' })],
    ['ComfyUI', answer('/system_stats', { system: { os: 'posix' }, devices: [] })],
    [
      'ComfyUI 0.3.62',
      answer('/system_stats', { system: { os: 'posix', comfyui_version: '0.3.62' }, devices: [{}] }),
    ],
    ['Streamlit', answer('/', page('Streamlit'))],
    [
      'Streamlit',
      answer('/', page('My app', '<script src="./static/js/index.js">')),
      answer('/_stcore/health', 'ok'),
    ],
    ['TensorBoard', answer('/', page('TensorBoard'))],
    [
      'TensorBoard 2.20.0',
      answer('/data/environment', { version: '2.20.0', data_location: '/runs', window_title: '' }),
    ],
    [
      'Python http.server 3.11.2',
      answer('/', page('Directory listing for /'), { server: 'SimpleHTTP/0.6 Python/3.11.2' }),
    ],
  ])('%s', (name, ...answers) => {
    expect(label(answers)).toBe(name);
  });

  it.each<[string, ...Answered[]]>([
    ['nginx', answer('/', page('Welcome to nginx!'), { server: 'nginx/1.22.1' })],
    ['Apache', answer('/', page('It works!'), { server: 'Apache/2.4' })],
    ['Caddy', answer('/', '', { server: 'Caddy' })],
    [
      'Express',
      answer('/', 'Hello', { 'x-powered-by': 'Express' }),
      answer('/api', 'Cannot GET /api', {}, 404),
    ],
    ['Flask', answer('/', page('Flask'), { server: 'Werkzeug/3.0 Python/3.11.2' })],
    [
      'FastAPI',
      answer('/', { detail: 'Not Found' }, { server: 'uvicorn' }, 404),
      answer('/config', { detail: 'Not Found' }, {}, 404),
    ],
    ['Django', answer('/', page('The install worked successfully! Congratulations!'))],
    [
      'a page about Streamlit',
      answer('/', page('Streamlit compared')),
      answer('/_stcore/health', page('Streamlit compared')),
    ],
    [
      'a server that says ok to all',
      ...['/', '/v1/models', '/config', '/api', '/_stcore/health'].map((path) => answer(path, 'ok')),
    ],
    [
      'a server that says {} to all',
      ...['/', '/v1/models', '/config', '/api', '/system_stats', '/internal/ping'].map((path) =>
        answer(path, {}),
      ),
    ],
    [
      'a single-page app',
      ...['/', '/v1/models', '/config', '/api', '/system_stats', '/data/environment'].map((path) =>
        answer(path, page('Vite App')),
      ),
    ],
    [
      'a gateway that refuses all',
      ...['/', '/v1/models', '/version', '/config'].map((path) =>
        answer(path, { error: 'Unauthorized' }, {}, 401),
      ),
    ],
    ['an API with a version', answer('/api', { version: '2', name: 'mine' }, { server: 'uvicorn' })],
    [
      'an API with nothing but a version',
      answer('/', page('x')),
      answer('/api', { version: '2.0' }, { server: 'nginx' }),
    ],
    [
      'Grafana',
      answer('/', '', { location: '/login' }, 302),
      answer('/api', { message: 'Not found' }, {}, 404),
    ],
    ['Prometheus', answer('/', '', { location: '/graph' }, 302)],
    [
      'MinIO',
      answer('/', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', { server: 'MinIO' }, 403),
    ],
    ['a config of something else', answer('/config', { version: '1.0', name: 'mine' })],
    ['a config with components', answer('/config', { version: '1.0', components: { a: 1 } })],
    ['code-server', answer('/', '', { location: './login' }, 302)],
    [
      'Elasticsearch',
      answer('/', {
        name: 'n',
        cluster_name: 'c',
        version: { number: '8.1' },
        tagline: 'You Know, for Search',
      }),
    ],
    ['MLflow', answer('/', page('MLflow'), { server: 'gunicorn' }), answer('/version', '2.9')],
    ['Ray', answer('/', page('Ray Dashboard')), answer('/api', '', {}, 404)],
    ['a list of models with nothing in it', answer('/v1/models', { object: 'list', data: [] })],
    [
      'half an answer',
      answer('/v1/models', '[1,2'),
      answer('/config', 'null'),
      answer('/system_stats', { system: 1, devices: [] }),
    ],
    ['models that are none', answer('/v1/models', { object: 'list', data: ['x', { id: 1 }] })],
    ['words about Ollama', answer('/', page('Ollama is running'))],
  ])('leaves %s unnamed', (_name, ...answers) => {
    expect(label(answers)).toBeUndefined();
  });

  it('takes title and address from Gradio, as one line of bounded length', () => {
    const config = {
      version: '6.0',
      api_prefix: '/gradio_api',
      components: [],
      title: ` a\n\u001bb ${'x'.repeat(500)}`,
      root: 'http://x',
    };
    const known = recognise([answer('/config', config)]);
    expect(known?.title).toMatch(/^a b x+$/);
    expect(known?.title).toHaveLength(120);
    expect(known?.root).toBe('http://x');
  });
});

describe('the next question', () => {
  const follow = (server: Readonly<Record<string, Answered>>) => {
    const answers: Answered[] = [];
    for (let path = nextPath(answers); path !== undefined; path = nextPath(answers))
      answers.push(server[path] ?? answer(path, 'no', {}, 404));
    return answers.map(({ path }) => path);
  };

  it('stops at the first sure answer, and asks what says more', () => {
    expect(follow({ '/': answer('/', 'SGLang is running') })).toEqual(['/']);
    expect(follow({ '/': answer('/', 'Ollama is running') })).toEqual(['/', '/v1/models', '/api/version']);
    expect(follow({ '/v1/models': answer('/v1/models', models('vllm')) })).toEqual([
      '/',
      '/v1/models',
      '/version',
    ]);
    expect(follow({ '/config': answer('/config', { version: '3.4', components: [] }) })).toEqual([
      '/',
      '/v1/models',
      '/config',
      '/internal/ping',
    ]);
  });

  it('never asks what makes a model work, changes something or tells a key', () => {
    const forbidden =
      /health_generate|flush_cache|server_info|profile|slow_down|object_info|api\/status|^\/health$|heartbeat/;
    expect(follow({}).some((path) => forbidden.test(path))).toBe(false);
    expect(follow({})).toHaveLength(7);
  });
});

describe('a greeting', () => {
  it.each([
    ['redis', 'Redis'],
    ['postgresql', 'PostgreSQL'],
    ['mysql', 'MySQL'],
    ['ssh', 'SSH'],
    ['tcp', undefined],
    ['__proto__', undefined],
  ])('%s is %s', (greeting, name) => {
    expect(kindOfGreeting(greeting)?.name).toBe(name);
  });
});

it.each([
  ['a page of its own', answer('/', page('Shop'), tornado)],
  ['a way to a login', answer('/', '', { ...tornado, location: '/login?next=%2F' }, 302)],
  ['nothing at /', answer('/', '', tornado, 404)],
  ['a way to a laboratory', answer('/', '', { ...tornado, location: '/laboratory' }, 302)],
])('an application on Tornado with a version at /api and %s is no Jupyter', (_what, front) => {
  expect(recognise([front, answer('/api', { version: '1.2.3' }, tornado)])).toBeUndefined();
});
