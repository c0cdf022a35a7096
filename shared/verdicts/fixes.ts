/** How a program is told to do something. */
export interface Fix {
  /** Shown as the program's name; empty where it is not known. */
  readonly program: string;
  /** A line to run or to change. */
  readonly line: string;
}

/** What has to change. */
const fixPurposes = [
  /** Listen for everybody, not on loopback only. */
  'bind',
  /** Know that people come over HTTPS, by another name. */
  'root',
  /** Let people in who come by the public name. */
  'origin',
  /** Ask for a login. */
  'login',
] as const;
type FixPurpose = (typeof fixPurposes)[number];

type Lines = { readonly [P in FixPurpose]?: string };
type Row = readonly [pattern: RegExp, program: string, lines: Lines];

/**
 * Each program's own documented option, as its project lists it. `PORT`, `URL` (the public address), `HOST` (its name)
 * and `ORIGIN` stand for the service's own.
 */
const rows: readonly Row[] = [
  [
    /gradio/i,
    'Gradio',
    {
      bind: 'demo.launch(server_name="0.0.0.0", server_port=PORT)',
      root: 'demo.launch(root_path="URL")',
      origin: 'demo.launch(root_path="URL")',
      login: 'demo.launch(auth=("NAME", "PASSWORD"))',
    },
  ],
  [
    /vllm/i,
    'vLLM',
    {
      bind: 'vllm serve MODEL --host 0.0.0.0 --port PORT',
      origin: 'vllm serve MODEL --allowed-origins \'["ORIGIN"]\'',
      login: 'vllm serve MODEL --api-key KEY',
    },
  ],
  [
    /sglang/i,
    'SGLang',
    {
      bind: 'python -m sglang.launch_server --host 0.0.0.0 --port PORT …',
      login: 'python -m sglang.launch_server --api-key KEY …',
    },
  ],
  [
    /jupyter|notebook/i,
    'Jupyter',
    {
      bind: 'jupyter lab --ip 0.0.0.0 --port PORT',
      origin: "jupyter lab --ServerApp.allow_origin='ORIGIN'",
      login: 'jupyter server password',
    },
  ],
  [
    /comfyui/i,
    'ComfyUI',
    {
      bind: 'python main.py --listen 0.0.0.0 --port PORT',
      origin: 'python main.py --enable-cors-header ORIGIN',
    },
  ],
  [
    /streamlit/i,
    'Streamlit',
    {
      bind: 'streamlit run APP --server.address 0.0.0.0 --server.port PORT',
      root: 'streamlit run APP --browser.serverAddress HOST',
      origin: 'streamlit run APP --server.corsAllowedOrigins ORIGIN',
    },
  ],
  [/tensorboard/i, 'TensorBoard', { bind: 'tensorboard --logdir LOGS --bind_all --port PORT' }],
  [
    /ollama/i,
    'Ollama',
    {
      bind: 'OLLAMA_HOST=0.0.0.0:PORT ollama serve',
      origin: 'OLLAMA_HOST=0.0.0.0:PORT OLLAMA_ORIGINS=ORIGIN ollama serve',
    },
  ],
  [
    /llama[.-]?(cpp|server)/i,
    'llama.cpp',
    { bind: 'llama-server --host 0.0.0.0 --port PORT …', login: 'llama-server --api-key KEY …' },
  ],
  [
    /uvicorn/i,
    'Uvicorn',
    {
      bind: 'uvicorn APP --host 0.0.0.0 --port PORT',
      root: "uvicorn APP --proxy-headers --forwarded-allow-ips '*'",
    },
  ],
  [
    /vite/i,
    'Vite',
    {
      bind: 'vite --host 0.0.0.0 --port PORT',
      origin: "server: { allowedHosts: ['HOST'] }",
    },
  ],
  [/simplehttp|http\.server/i, 'http.server', { bind: 'python3 -m http.server PORT --bind 0.0.0.0' }],
  [/redis/i, 'Redis', { login: 'redis-server --requirepass PASSWORD' }],
  [
    /\bnode\b|express|next/i,
    'Node.js',
    { bind: "server.listen(PORT, '0.0.0.0')", root: "app.set('trust proxy', 1)" },
  ],
];

const anyProgram: { readonly [P in FixPurpose]: string } = {
  bind: '--host 0.0.0.0 --port PORT',
  root: 'X-Forwarded-Proto, X-Forwarded-Host',
  origin: 'HOST',
  login: '',
};

/** The line that helps, by what answers or which process listens; for `login` it may be empty: use a tunnel instead. */
export function fixFor(
  service: {
    readonly kindName?: string;
    readonly process?: string;
    readonly port: number;
    readonly url?: string;
  },
  purpose: FixPurpose = 'bind',
): Fix {
  const known = [service.kindName, service.process].flatMap((name) =>
    name === undefined
      ? []
      : rows.filter(([pattern, , lines]) => pattern.test(name) && lines[purpose] !== undefined),
  )[0];
  const [, origin, host] = /^(https?:\/\/([^/:]+)(?::\d+)?)/i.exec(service.url ?? '') ?? [];
  const values: Readonly<Record<string, string>> = {
    PORT: String(service.port),
    URL: origin ?? 'https://ADDRESS',
    ORIGIN: origin ?? 'https://ADDRESS',
    HOST: host ?? 'ADDRESS',
  };
  const line = known?.[2][purpose] ?? anyProgram[purpose];
  return {
    program: known?.[1] ?? '',
    line: line.replace(/\b(?:PORT|URL|ORIGIN|HOST)\b(?!=)/g, (name) => values[name] ?? name),
  };
}

/** What a finding's *Show the fix* shows. */
export const fixPurposeOf = (code: string): FixPurpose =>
  code === 'host_check'
    ? 'origin'
    : code === 'insecure_assets'
      ? 'root'
      : code === 'open_to_anyone'
        ? 'login'
        : 'bind';
