import type { Recognised, ServiceKind } from '../model/service-kind.ts';

/** What one path of a service answered. `body` is its beginning. */
export interface Answered {
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/**
 * Paths that may be asked, the cheapest first. All of them only read, and none makes a model work: SGLang's `/health`
 * does and its `/server_info` tells keys, so neither is here.
 */
const usualPaths = [
  '/',
  '/v1/models',
  '/config',
  '/api',
  '/system_stats',
  '/_stcore/health',
  '/data/environment',
] as const;

/** Titles that anybody may have chosen, and the path that proves the program behind them. */
const proofs: Readonly<Record<string, string>> = { MLflow: '/version', 'Open WebUI': '/api/config' };

type Known = Recognised & {
  /** Worth asking: says more of what is known already. */ readonly ask?: readonly string[];
};

/** The next path worth asking after these answers; `undefined` when enough is known. Pure. */
export function nextPath(answers: readonly Answered[]): string | undefined {
  const asked = new Set(answers.map(({ path }) => path));
  const known = identify(new Map(answers.map((answer) => [answer.path, answer])));
  // An application that calls itself Ollama may be SGLang: who owns its models decides.
  const isLocked = answers.some(({ path, status }) => path === '/v1/models' && status === 401);
  const front = answers.find(({ path }) => path === '/')?.body ?? '';
  const titled = Object.entries(proofs).flatMap(([title, proof]) =>
    front.includes(`<title>${title}</title>`) ? [proof] : [],
  );
  const wanted =
    known === undefined ? [...titled, ...(isLocked ? ['/version'] : []), ...usualPaths] : (known.ask ?? []);
  return wanted.find((path) => !asked.has(path));
}

/** The program behind these answers; `undefined` where nothing is sure. Pure. */
export function recognise(answers: readonly Answered[]): Recognised | undefined {
  const known = identify(new Map(answers.map((answer) => [answer.path, answer])));
  if (known === undefined) return undefined;
  const { ask: _ask, ...rest } = known;
  return rest;
}

/** "Gradio 6.25.0": what stands beside a port. */
export const labelOf = ({ name, version }: Recognised): string =>
  version === undefined ? name : `${name} ${version}`;

type Answers = ReadonlyMap<string, Answered>;

/** Each by what only that program says (its own source, read for its endpoints). The first sure one wins. */
function identify(answers: Answers): Known | undefined {
  return (
    fromModels(answers) ??
    fromVersion(answers) ??
    fromConfig(answers) ??
    fromFrontPage(answers) ??
    fromTitle(answers) ??
    fromComfy(answers.get('/system_stats')) ??
    fromJupyter(answers) ??
    fromStreamlit(answers) ??
    fromTensorBoard(answers.get('/data/environment')) ??
    fromStatic(answers)
  );
}

const owners: Readonly<Record<string, readonly [ServiceKind, string, readonly string[]]>> = {
  vllm: ['vllm', 'vLLM', ['/version']],
  sglang: ['sglang', 'SGLang', []],
  llamacpp: ['llamacpp', 'llama.cpp', []],
  library: ['ollama', 'Ollama', ['/api/version']],
};

function fromModels(answers: Answers): Known | undefined {
  const json = jsonOf(answers.get('/v1/models'));
  const data = json?.data;
  const first: unknown = Array.isArray(data) ? data[0] : undefined;
  if (json?.object !== 'list' || typeof first !== 'object' || first === null) return undefined;
  const { id, object, owned_by: owner } = first as Readonly<Record<string, unknown>>;
  if (typeof id !== 'string' || object !== 'model') return undefined;
  const known = typeof owner === 'string' && Object.hasOwn(owners, owner) ? owners[owner] : undefined;
  if (known === undefined)
    return saysOllama(answers) ? ollama(answers) : { kind: 'openai', name: 'OpenAI API' };
  const [kind, name, ask] = known;
  const version = versionOf(answers.get('/version')) ?? versionOf(answers.get('/api/version'));
  return { kind, name, version: kind === 'vllm' || kind === 'ollama' ? version : undefined, ask };
}

/** vLLM with a key guards `/v1` and tells its version to everybody. */
function fromVersion(answers: Answers): Known | undefined {
  const models = answers.get('/v1/models');
  if (models?.status !== 401 || jsonOf(models, 401)?.error !== 'Unauthorized') return undefined;
  const version = versionOf(answers.get('/version'));
  if (version !== undefined) return { kind: 'vllm', name: 'vLLM', version, guarded: true };
  return undefined;
}

function fromConfig(answers: Answers): Known | undefined {
  const config = answers.get('/config');
  if (config === undefined) return undefined;
  if (config.status === 401) {
    const detail = jsonOf(config, 401)?.detail;
    const isGradio =
      typeof detail === 'object' && detail !== null && 'auth_message' in detail && 'error' in detail;
    return isGradio ? { kind: 'gradio', name: 'Gradio', guarded: true } : undefined;
  }
  const json = jsonOf(config);
  // A `/config` of 64 KiB or more is cut off: its beginning tells as well.
  const version =
    typeof json?.version === 'string' ? json.version : /^\{"version":"([\d.]{1,20})"/.exec(config.body)?.[1];
  const isGradio =
    json === undefined ? /"api_prefix"|"components"/.test(config.body) : Array.isArray(json.components);
  if (config.status !== 200 || !isGradio || version === undefined) return undefined;
  const gradio: Known = {
    kind: 'gradio',
    name: 'Gradio',
    version: version.slice(0, 20),
    title: typeof json?.title === 'string' ? oneLine(json.title) : undefined,
    root: typeof json?.root === 'string' ? json.root.slice(0, 300) : undefined,
  };
  if (json !== undefined && 'api_prefix' in json) return gradio;
  // Stable Diffusion's interface stands on an old Gradio, and answers a ping of its own.
  const ping = answers.get('/internal/ping');
  return ping?.status === 200 && ping.body.trim() === '{}'
    ? { kind: 'sdwebui', name: 'SD WebUI', title: gradio.title, root: gradio.root }
    : { ...gradio, ask: ['/internal/ping'] };
}

function fromFrontPage(answers: Answers): Known | undefined {
  const front = answers.get('/');
  if (front === undefined) return undefined;
  if (/^\s*SGLang is running\s*$/.test(front.body)) return { kind: 'sglang', name: 'SGLang' };
  if (saysOllama(answers)) return ollama(answers);
  const marimo = /<marimo-version[^>]{0,100} data-version="([\w.+-]{1,30})"/.exec(front.body)?.[1];
  if (marimo !== undefined || /<marimo-filename\b/.test(front.body))
    return { kind: 'marimo', name: 'marimo', version: marimo };
  const title = /<title>(Streamlit|TensorBoard)<\/title>/.exec(front.body)?.[1];
  if (title === 'Streamlit') return { kind: 'streamlit', name: 'Streamlit' };
  if (title === 'TensorBoard')
    return {
      kind: 'tensorboard',
      name: 'TensorBoard',
      ask: ['/data/environment'],
      ...tensorBoardOf(answers.get('/data/environment')),
    };
  return undefined;
}

/** MLflow tells its version as plain text, Open WebUI its name among its settings. */
function fromTitle(answers: Answers): Known | undefined {
  const front = answers.get('/')?.body ?? '';
  if (front.includes('<title>MLflow</title>')) {
    const version = /^\s*(\d+\.\d+\.\d[\w.+-]{0,20})\s*$/.exec(
      answers.get('/version')?.body.slice(0, 50) ?? '',
    )?.[1];
    return version === undefined ? undefined : { kind: 'mlflow', name: 'MLflow', version };
  }
  const settings = jsonOf(answers.get('/api/config'));
  if (!front.includes('<title>Open WebUI</title>') || typeof settings?.version !== 'string') return undefined;
  const version = /^\d[\w.+-]{0,30}$/.exec(settings.version)?.[0];
  return { kind: 'openwebui', name: 'Open WebUI', version };
}

const saysOllama = (answers: Answers): boolean =>
  /^\s*Ollama is running\s*$/.test(answers.get('/')?.body ?? '');
const ollama = (answers: Answers): Known => ({
  kind: 'ollama',
  name: 'Ollama',
  version: versionOf(answers.get('/api/version')),
  ask: ['/v1/models', '/api/version'],
});

function fromComfy(stats: Answered | undefined): Known | undefined {
  const json = jsonOf(stats);
  const system = json?.system;
  if (typeof system !== 'object' || system === null || !Array.isArray(json?.devices) || !('os' in system))
    return undefined;
  const version = 'comfyui_version' in system ? system.comfyui_version : undefined;
  return {
    kind: 'comfyui',
    name: 'ComfyUI',
    version: typeof version === 'string' && /^v?[\d.]{1,20}$/.test(version) ? version : undefined,
  };
}

/**
 * `/api` of a Jupyter server is the one page that it shows without a token, and holds nothing but its version. Other
 * applications on Tornado have such a page too: what only Jupyter does is to send reports of its policy to itself, and
 * to lead to its own interfaces.
 */
function fromJupyter(answers: Answers): Known | undefined {
  const api = answers.get('/api');
  const version = versionOf(api);
  if (api === undefined || version === undefined) return undefined;
  const location = text(answers.get('/')?.headers.location).slice(0, 2_000);
  const leads = /^\/(?:[^?#]*\/)?(?:lab|tree|nbclassic)(?:[/?#]|$)/.test(location);
  const reports = text(api.headers['content-security-policy']).includes('/api/security/csp-report');
  return reports || leads ? { kind: 'jupyter', name: 'Jupyter', version } : undefined;
}

/** A server that says `ok` whatever it is asked is none. */
function fromStreamlit(answers: Answers): Known | undefined {
  const health = answers.get('/_stcore/health');
  const front = answers.get('/');
  const isOk = health?.status === 200 && health.body.trim() === 'ok';
  return isOk &&
    front?.status === 200 &&
    /<html/i.test(front.body) &&
    /static\/js\/|streamlit/i.test(front.body)
    ? { kind: 'streamlit', name: 'Streamlit' }
    : undefined;
}

function fromTensorBoard(environment: Answered | undefined): Known | undefined {
  const json = jsonOf(environment);
  return typeof json?.data_location === 'string' && 'window_title' in json
    ? { kind: 'tensorboard', name: 'TensorBoard', ...tensorBoardOf(environment) }
    : undefined;
}

function tensorBoardOf(environment: Answered | undefined): Pick<Recognised, 'version' | 'title'> {
  const json = jsonOf(environment);
  return {
    version: typeof json?.version === 'string' ? json.version.slice(0, 20) : undefined,
    title:
      typeof json?.window_title === 'string' && json.window_title !== ''
        ? oneLine(json.window_title)
        : undefined,
  };
}

function fromStatic(answers: Answers): Known | undefined {
  const server = /^SimpleHTTP\/[\d.]+ Python\/([\d.]+)/.exec(text(answers.get('/')?.headers.server));
  return server === null ? undefined : { kind: 'static', name: 'Python http.server', version: server[1] };
}

const greetings: Readonly<Record<string, readonly [ServiceKind, string]>> = {
  redis: ['redis', 'Redis'],
  ssh: ['ssh', 'SSH'],
  mysql: ['mysql', 'MySQL'],
  postgresql: ['postgresql', 'PostgreSQL'],
  vnc: ['vnc', 'VNC'],
  smtp: ['smtp', 'SMTP'],
  ftp: ['ftp', 'FTP'],
};

/** The program behind the first words of a service that is no HTTP. */
export function kindOfGreeting(greeting: string): Recognised | undefined {
  const known = Object.hasOwn(greetings, greeting) ? greetings[greeting] : undefined;
  return known === undefined ? undefined : { kind: known[0], name: known[1] };
}

const text = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' ? header : (header?.[0] ?? '');

function jsonOf(answer: Answered | undefined, status = 200): Readonly<Record<string, unknown>> | undefined {
  if (answer?.status !== status) return undefined;
  try {
    const value: unknown = JSON.parse(answer.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Of an answer that holds a version and nothing else. */
function versionOf(answer: Answered | undefined): string | undefined {
  const json = jsonOf(answer);
  const version = json?.version;
  const isAlone = json !== undefined && Object.keys(json).length === 1;
  return isAlone && typeof version === 'string' && /^\d[\w.+-]{0,30}$/.test(version) ? version : undefined;
}

const oneLine = (title: string): string | undefined =>
  title
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 120) || undefined;
