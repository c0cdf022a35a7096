/** What one path of a service answered. `body` is its beginning. */
export interface Answered {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Paths that are asked, in this order, until one answer is sure. All of them only read; none makes a model work. */
export const askedPaths = ['/', '/v1/models', '/config', '/api', '/system_stats'] as const;

type Rule = (answer: Answered) => string | undefined;

/** Each by what only that program says (its own source, read for its endpoints). The first sure one wins. */
const rules: readonly Rule[] = [
  // SGLang may call itself Ollama at `/`; who owns its models cannot lie.
  ({ path, body }) => (path === '/v1/models' ? ownerOf(body) : undefined),
  ({ path, body, status }) => (path === '/config' && status === 200 ? gradioOf(body) : undefined),
  ({ path, body }) =>
    path === '/config' && /"detail":\{"error":"Not authenticated"/.test(body) ? 'Gradio' : undefined,
  ({ path, body }) => (path === '/' && /^\s*SGLang is running/.test(body) ? 'SGLang' : undefined),
  ({ path, body }) => (path === '/' && /^\s*Ollama is running/.test(body) ? 'Ollama' : undefined),
  ({ path, body, headers }) =>
    path === '/api' && (/tornado/i.test(text(headers.server)) || versionOf(body) !== undefined)
      ? jupyterOf(body)
      : undefined,
  ({ path, body }) =>
    path === '/system_stats' && jsonOf(body)?.system !== undefined && jsonOf(body)?.devices !== undefined
      ? 'ComfyUI'
      : undefined,
  ({ path, body }) => (path === '/' && /<title>Streamlit<\/title>/.test(body) ? 'Streamlit' : undefined),
  ({ path, body }) => (path === '/' && /<title>TensorBoard<\/title>/.test(body) ? 'TensorBoard' : undefined),
  ({ path, headers }) =>
    path === '/' && /^SimpleHTTP\//.test(text(headers.server)) ? 'Python http.server' : undefined,
];

/** The program behind an answer, with its version where it tells; `undefined` where nothing is sure. Pure. */
export function recognise(answer: Answered): string | undefined {
  for (const rule of rules) {
    const name = rule(answer);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The program behind the first words of a service that is no HTTP. */
export const kindOfGreeting = (greeting: string): string | undefined =>
  ({
    redis: 'Redis',
    ssh: 'SSH',
    mysql: 'MySQL',
    postgresql: 'PostgreSQL',
    vnc: 'VNC',
    smtp: 'SMTP',
    ftp: 'FTP',
  })[greeting];

const text = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' ? header : (header?.[0] ?? '');

function jsonOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

const owners: Readonly<Record<string, string>> = {
  vllm: 'vLLM',
  sglang: 'SGLang',
  llamacpp: 'llama.cpp',
  library: 'Ollama',
};

function ownerOf(body: string): string | undefined {
  const data = jsonOf(body)?.data;
  const first: unknown = Array.isArray(data) ? data[0] : undefined;
  if (typeof first !== 'object' || first === null || !('id' in first)) return undefined;
  const owner = 'owned_by' in first && typeof first.owned_by === 'string' ? first.owned_by : '';
  return (Object.hasOwn(owners, owner) ? owners[owner] : undefined) ?? 'OpenAI API';
}

function gradioOf(body: string): string | undefined {
  const json = jsonOf(body);
  // A `/config` of 64 KiB or more is cut off: its beginning tells as well.
  const version =
    typeof json?.version === 'string' ? json.version : /^\{"version":"([\d.]{1,20})"/.exec(body)?.[1];
  const isGradio = json === undefined ? /"api_prefix"|"components"/.test(body) : 'components' in json;
  return isGradio && version !== undefined ? `Gradio ${version.slice(0, 20)}` : undefined;
}

const versionOf = (body: string): string | undefined => {
  const version = jsonOf(body)?.version;
  return typeof version === 'string' && /^\d[\w.]{0,20}$/.test(version) ? version : undefined;
};

/** `/api` of a Jupyter server is the one page that it shows without a token, and holds nothing but its version. */
const jupyterOf = (body: string): string | undefined =>
  versionOf(body) !== undefined && Object.keys(jsonOf(body) ?? {}).length === 1 ? 'Jupyter' : undefined;
