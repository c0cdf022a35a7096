import { environmentFields } from './environment.ts';
import type { Recipe, RecipeField } from './recipe.ts';

const port = (value: number): RecipeField => ({
  key: 'port',
  kind: 'port',
  value: String(value),
  needed: true,
});
const host: RecipeField = { key: 'host', kind: 'host', value: '' };
const folder: RecipeField = { key: 'folder', kind: 'path', value: '' };
const more: RecipeField = { key: 'more', kind: 'words', value: '' };
const apiKey: RecipeField = { key: 'apiKey', kind: 'secret', value: '' };
const script = (value: string): RecipeField => ({ key: 'script', kind: 'path', value, needed: true });
const model: RecipeField = { key: 'model', kind: 'text', value: '', needed: true };
const servedName: RecipeField = { key: 'servedName', kind: 'text', value: '' };
const contextLength: RecipeField = { key: 'contextLength', kind: 'number', value: '' };
const gpus: RecipeField = { key: 'gpus', kind: 'number', value: '' };

const flag = (name: string, field: string, join: '=' | ' ' = '=') => ({ field, flag: name, join });

/** Options as each program's own documentation and `--help` name them. */
const programs: readonly Recipe[] = [
  {
    id: 'gradio',
    name: 'Gradio',
    fields: [script('app.py'), folder, port(7860), host, more],
    // Gradio without a fixed port takes the next free one, which no mapping follows.
    env: { GRADIO_SERVER_NAME: 'host', GRADIO_SERVER_PORT: 'port' },
    command: ['python3', '-u', { field: 'script' }, { field: 'more' }],
  },
  {
    id: 'vllm',
    name: 'vLLM',
    fields: [model, port(8000), host, apiKey, servedName, contextLength, gpus, folder, more],
    env: { VLLM_API_KEY: 'apiKey' },
    command: [
      'vllm',
      'serve',
      flag('--host', 'host'),
      flag('--port', 'port'),
      flag('--served-model-name', 'servedName'),
      flag('--max-model-len', 'contextLength'),
      flag('--tensor-parallel-size', 'gpus'),
      { field: 'more' },
      { field: 'model', guard: true },
    ],
    loadsModel: true,
  },
  {
    id: 'sglang',
    name: 'SGLang',
    fields: [model, port(30000), host, apiKey, servedName, contextLength, gpus, folder, more],
    env: {},
    command: [
      'python3',
      '-m',
      'sglang.launch_server',
      flag('--model-path', 'model'),
      flag('--host', 'host'),
      flag('--port', 'port'),
      flag('--api-key', 'apiKey'),
      flag('--served-model-name', 'servedName'),
      flag('--context-length', 'contextLength'),
      flag('--tp-size', 'gpus'),
      { field: 'more' },
    ],
    loadsModel: true,
  },
  {
    id: 'jupyter',
    name: 'Jupyter',
    fields: [folder, port(8888), host, { key: 'token', kind: 'secret', value: '' }, more],
    env: { JUPYTER_TOKEN: 'token' },
    command: [
      'jupyter',
      'lab',
      '--no-browser',
      '--allow-root',
      // Else the server moves to the next free port by itself.
      '--ServerApp.port_retries=0',
      '--ServerApp.allow_remote_access=True',
      flag('--ServerApp.ip', 'host'),
      flag('--ServerApp.port', 'port'),
      { field: 'more' },
    ],
  },
  {
    id: 'tensorboard',
    name: 'TensorBoard',
    fields: [{ key: 'logFolder', kind: 'path', value: 'runs', needed: true }, port(6006), host, folder, more],
    env: {},
    command: [
      'tensorboard',
      flag('--logdir', 'logFolder'),
      flag('--host', 'host'),
      flag('--port', 'port'),
      { field: 'more' },
    ],
  },
  {
    id: 'comfyui',
    name: 'ComfyUI',
    fields: [{ ...folder, value: 'ComfyUI', needed: true }, port(8188), host, more],
    env: {},
    command: [
      'python3',
      '-u',
      'main.py',
      flag('--listen', 'host'),
      flag('--port', 'port'),
      { field: 'more' },
    ],
    loadsModel: true,
  },
  {
    id: 'streamlit',
    name: 'Streamlit',
    fields: [script('app.py'), folder, port(8501), host, more],
    env: {},
    command: [
      'streamlit',
      'run',
      '--server.headless=true',
      flag('--server.address', 'host'),
      flag('--server.port', 'port'),
      { field: 'script' },
      { field: 'more' },
    ],
  },
  {
    id: 'llamacpp',
    name: 'llama.cpp',
    fields: [
      { key: 'modelFile', kind: 'path', value: '', needed: true },
      port(8080),
      host,
      apiKey,
      contextLength,
      { key: 'gpuLayers', kind: 'number', value: '' },
      folder,
      more,
    ],
    env: { LLAMA_API_KEY: 'apiKey' },
    // Its options take no `=`: the next word is the value, whatever it begins with.
    command: [
      'llama-server',
      flag('--model', 'modelFile', ' '),
      flag('--host', 'host', ' '),
      flag('--port', 'port', ' '),
      flag('--ctx-size', 'contextLength', ' '),
      flag('--n-gpu-layers', 'gpuLayers', ' '),
      { field: 'more' },
    ],
    loadsModel: true,
  },
  {
    id: 'static',
    name: 'Static folder',
    fields: [folder, port(8000), host],
    env: {},
    command: ['python3', '-u', '-m', 'http.server', flag('--bind', 'host'), { field: 'port' }],
  },
  {
    id: 'node',
    name: 'Node.js',
    fields: [script('server.js'), folder, port(3000), host, more],
    env: { HOST: 'host', PORT: 'port' },
    command: ['node', { field: 'script' }, { field: 'more' }],
  },
  {
    id: 'redis',
    name: 'Redis',
    fields: [folder, port(6379), host, more],
    env: {},
    command: [
      'redis-server',
      flag('--port', 'port', ' '),
      flag('--bind', 'host', ' '),
      '--daemonize',
      'no',
      { field: 'more' },
    ],
  },
  {
    id: 'command',
    name: 'Command',
    fields: [
      { key: 'line', kind: 'line', value: '', needed: true },
      folder,
      { key: 'port', kind: 'port', value: '' },
      host,
    ],
    env: { HOST: 'host', PORT: 'port' },
    command: [{ field: 'line' }],
  },
];

export const recipes: readonly Recipe[] = programs.map((recipe) => ({
  ...recipe,
  fields: [...recipe.fields, ...environmentFields],
}));

export const findRecipe = (id: string): Recipe | undefined => recipes.find((recipe) => recipe.id === id);
