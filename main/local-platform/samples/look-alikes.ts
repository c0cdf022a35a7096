import { createServer, type Server, type ServerResponse } from 'node:http';
import { sendJson } from './json.ts';
import { type OtherPaths, openAi, usualSpeed } from './openai.ts';
import { page } from './page.ts';

/** Programs that a sample container can pretend to run. */
const lookAlikeKinds = [
  'gradio',
  'gradio4',
  'vllm',
  'sglang',
  'llamacpp',
  'ollama',
  'tensorboard',
  'jupyter',
  'comfyui',
  'sdwebui',
  'streamlit',
  'static',
] as const;
export type LookAlikeKind = (typeof lookAlikeKinds)[number];

interface LookAlikeOptions {
  readonly title?: string;
  readonly model?: string;
  readonly apiKey?: string;
  readonly contextLength?: number;
}

/** A server that answers as this program does, as far as its documented endpoints go. No code of it is here. */
export function lookAlike(kind: LookAlikeKind, options: LookAlikeOptions = {}): Server {
  switch (kind) {
    case 'vllm':
      return modelServer('vllm', options, (path, response) => {
        if (path === '/health') response.writeHead(200).end();
        else if (path === '/version') sendJson(response, 200, { version: '0.11.0' });
        else if (path === '/metrics')
          response.writeHead(200, { 'content-type': 'text/plain' }).end('vllm:num_requests_running 0\n');
        else return false;
        return true;
      });
    case 'sglang':
      return modelServer('sglang', options, (path, response) => {
        if (path === '/') text(response, 'SGLang is running');
        else if (path === '/health') response.writeHead(200).end();
        else if (path === '/get_model_info' || path === '/model_info')
          sendJson(response, 200, {
            model_path: options.model ?? 'sample',
            tokenizer_path: options.model ?? 'sample',
            is_generation: true,
            preferred_sampling_params: null,
            weight_version: 'default',
          });
        else return false;
        return true;
      });
    case 'llamacpp':
      return modelServer('llamacpp', options, (path, response) => {
        if (path === '/health') sendJson(response, 200, { status: 'ok' });
        else if (path === '/props')
          sendJson(response, 200, {
            model_alias: options.model ?? 'sample',
            total_slots: 4,
            modalities: { vision: false, audio: false },
            build_info: 'b6700-sample',
            default_generation_settings: { n_ctx: options.contextLength ?? 8_192 },
          });
        else return false;
        return true;
      });
    case 'ollama':
      return modelServer('library', options, (path, response) => {
        if (path === '/') text(response, 'Ollama is running');
        else if (path === '/api/version') sendJson(response, 200, { version: '0.12.3' });
        else if (path === '/api/tags')
          sendJson(response, 200, { models: [{ name: options.model ?? 'sample' }] });
        else return false;
        return true;
      });
    default:
      return pages(kind, options);
  }
}

/** Where a key is asked for beyond what the protocol says: SGLang opens its health only, llama.cpp its models too, Ollama knows none. */
const guardsOf: Readonly<Record<string, (path: string) => boolean>> = {
  sglang: (path) => !/^\/(?:health|metrics)/.test(path),
  llamacpp: (path) => path !== '/health' && path !== '/v1/models',
  library: () => false,
};

const modelServer = (
  owner: string,
  options: LookAlikeOptions,
  answer: (path: string, response: ServerResponse) => boolean,
): Server => {
  const others: OtherPaths = (path, _request, response) => answer(path, response);
  return openAi(
    {
      id: options.model ?? 'gearway/sample-8b',
      owner,
      contextLength: options.contextLength ?? 8_192,
      apiKey: options.apiKey,
      guards: guardsOf[owner],
      speed: usualSpeed,
    },
    others,
  );
};

type PageKind = Exclude<LookAlikeKind, 'vllm' | 'sglang' | 'llamacpp' | 'ollama'>;

const pages = (kind: PageKind, options: LookAlikeOptions): Server =>
  createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const shape = shapeOf(kind, path, options);
    if (shape === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain', ...headersOf(kind) }).end('Not Found\n');
      return;
    }
    const isText = typeof shape.body === 'string';
    response
      .writeHead(shape.status ?? 200, {
        'content-type': isText ? 'text/html; charset=utf-8' : 'application/json',
        ...headersOf(kind),
        ...shape.headers,
      })
      .end(isText ? shape.body : JSON.stringify(shape.body));
  });

const headersOf = (kind: PageKind): Readonly<Record<string, string>> => {
  if (kind === 'jupyter')
    return {
      server: 'TornadoServer/6.5.1',
      'content-security-policy': "frame-ancestors 'self'; report-uri /api/security/csp-report",
    };
  if (kind === 'static') return { server: 'SimpleHTTP/0.6 Python/3.11.2' };
  return kind === 'comfyui' ? { server: 'Python/3.11 aiohttp/3.12' } : { server: 'uvicorn' };
};

interface Shape {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | object;
}

function shapeOf(
  kind: PageKind,
  path: string,
  { title = 'Sample', apiKey }: LookAlikeOptions,
): Shape | undefined {
  const front = (words: string, head = ''): Shape => ({
    body: page(title, `<p>${words} This is a look-alike in a sample container.</p>`).replace(
      '</title>',
      `</title>${head}`,
    ),
  });
  const on = (shapes: Readonly<Record<string, Shape>>): Shape | undefined =>
    Object.hasOwn(shapes, path) ? shapes[path] : undefined;
  switch (kind) {
    case 'gradio':
      if (apiKey !== undefined && path === '/config')
        return { status: 401, body: { detail: { error: 'Not authenticated', auth_message: null } } };
      return on({
        '/': front('A Gradio application.'),
        '/config': { body: gradioConfig('6.25.0', title, true) },
        '/gradio_api/app_id': { body: { app_id: '1234567890' } },
        '/gradio_api/info': { body: { named_endpoints: {}, unnamed_endpoints: {} } },
      });
    case 'gradio4':
      return on({
        '/': front('A Gradio application.'),
        '/config': { body: gradioConfig('4.44.1', title, false) },
      });
    case 'sdwebui':
      return on({
        '/': front('Stable Diffusion.'),
        '/config': { body: gradioConfig('3.41.2', 'Stable Diffusion', false) },
        '/internal/ping': { body: {} },
        '/sdapi/v1/sd-models': { body: [{ title: 'sample.safetensors', model_name: 'sample' }] },
      });
    case 'tensorboard':
      return on({
        '/': { body: page('TensorBoard', '<p>A look-alike of TensorBoard.</p>') },
        '/data/environment': {
          body: { version: '2.20.0', data_location: '/output/runs', window_title: '', experiment_name: '' },
        },
      });
    case 'jupyter':
      return on({
        '/': {
          status: 302,
          headers: { location: apiKey === undefined ? '/lab?' : '/login?next=%2F' },
          body: '',
        },
        '/lab': front('A Jupyter server.'),
        '/api': { body: { version: '2.17.0' } },
        '/api/contents':
          apiKey === undefined
            ? { body: { name: '', path: '', type: 'directory', content: null } }
            : { status: 403, body: { message: 'Forbidden', reason: null } },
        '/api/status': { status: 403, body: { message: 'Forbidden', reason: null } },
      });
    case 'comfyui':
      return on({
        '/': front('ComfyUI.'),
        '/system_stats': {
          body: {
            system: {
              os: 'posix',
              ram_total: 64e9,
              ram_free: 32e9,
              comfyui_version: '0.3.62',
              python_version: '3.11.2',
              pytorch_version: '2.8.0+cu128',
              embedded_python: false,
              argv: ['main.py'],
            },
            devices: [
              {
                name: 'cuda:0 NVIDIA RTX 4090',
                type: 'cuda',
                index: 0,
                vram_total: 24e9,
                vram_free: 20e9,
                torch_vram_total: 0,
                torch_vram_free: 0,
              },
            ],
          },
        },
      });
    case 'streamlit':
      return on({
        '/': front(
          'A Streamlit application.',
          '<script type="module" src="./static/js/index.sample.js"></script>',
        ),
        '/_stcore/health': { body: 'ok' },
      });
    case 'static':
      return on({ '/': { body: page('Directory listing for /', '<ul><li>notes.txt</li></ul>') } });
    default:
      kind satisfies never;
      return undefined;
  }
}

const gradioConfig = (version: string, title: string, hasPrefix: boolean): object => ({
  version,
  ...(hasPrefix ? { api_prefix: '/gradio_api' } : {}),
  mode: 'blocks',
  app_id: 1234567890,
  dev_mode: false,
  analytics_enabled: false,
  components: [{ id: 1, type: 'textbox', props: {} }],
  css: null,
  connect_heartbeat: false,
  title,
  space_id: null,
  enable_queue: true,
  show_error: false,
  is_colab: false,
  protocol: 'sse_v3',
  root: '',
  dependencies: [],
});

const text = (response: ServerResponse, words: string) =>
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(words);
