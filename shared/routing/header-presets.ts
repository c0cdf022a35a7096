import {
  type HeaderChange,
  type HeaderChoice,
  type HeaderRule,
  headerRules,
  type PresetId,
} from '../model/headers.ts';

/** Which rules an application needs, and where that is documented. */
interface HeaderPreset {
  readonly rules: readonly HeaderRule[];
  /** A page or a source file that says so. */
  readonly source: string;
}

/**
 * Presets as data. Every rule is explained in the catalogue of words (`headers.rule`), every preset in
 * `headers.preset`: what the application compares, and what fails without it.
 */
export const headerPresets: Readonly<Record<PresetId, HeaderPreset>> = {
  standard: { rules: headerRules, source: 'https://www.rfc-editor.org/rfc/rfc9110#section-7.2' },
  gradio: {
    rules: headerRules,
    // get_root_url takes X-Forwarded-Host and X-Forwarded-Proto; CustomCORSMiddleware compares Host with Origin.
    source: 'https://github.com/gradio-app/gradio/blob/main/gradio/route_utils.py',
  },
  jupyter: {
    // check_origin: Origin must be Host, or the kernel's WebSocket gets 403.
    rules: ['host', 'origin', 'redirects', 'cookies'],
    source: 'https://github.com/jupyter-server/jupyter_server/blob/main/jupyter_server/base/handlers.py',
  },
  comfyui: {
    // create_origin_only_middleware: with a loopback Host another Origin gets 403.
    rules: ['host', 'origin', 'redirects', 'cookies'],
    source: 'https://github.com/comfyanonymous/ComfyUI/blob/master/server.py',
  },
  streamlit: {
    // is_url_from_allowed_origins guards /_stcore/stream; the XSRF cookie belongs to the host of the page.
    rules: ['host', 'origin', 'redirects', 'cookies'],
    source: 'https://docs.streamlit.io/develop/api-reference/configuration/config.toml#server',
  },
  vite: {
    // server.allowedHosts refuses unknown names with 403; the same check guards the HMR WebSocket.
    rules: ['host', 'origin', 'redirects'],
    source: 'https://vite.dev/config/server-options#server-allowedhosts',
  },
  ollama: {
    // allowedHostsMiddleware: on loopback a Host that is not local gets 403; OLLAMA_ORIGINS guards Origin.
    rules: ['host', 'origin'],
    source: 'https://docs.ollama.com/faq#how-can-i-use-ollama-with-a-proxy-server',
  },
  tensorboard: {
    // Checks no Host; redirects to its path prefix are relative to the Host it sees.
    rules: ['host', 'redirects'],
    source: 'https://github.com/tensorflow/tensorboard/blob/master/tensorboard/backend/application.py',
  },
  vllm: {
    // uvicorn trusts X-Forwarded-Proto from 127.0.0.1 and builds the address of a redirect from it and Host.
    rules: ['host', 'forwarded', 'redirects'],
    source: 'https://www.uvicorn.org/settings/#http',
  },
};

/** Names as `recognise/` tells them, at the beginning of "Gradio 6.25". */
const kinds: readonly (readonly [RegExp, PresetId])[] = [
  [/^gradio/i, 'gradio'],
  [/^jupyter/i, 'jupyter'],
  [/^comfyui/i, 'comfyui'],
  [/^streamlit/i, 'streamlit'],
  [/^vite/i, 'vite'],
  [/^ollama/i, 'ollama'],
  [/^tensorboard/i, 'tensorboard'],
  [/^(vllm|sglang)/i, 'vllm'],
];

/** The preset that fits what answers; `standard` for everything else. */
export const presetOf = (kindName: string | undefined): PresetId =>
  kinds.find(([pattern]) => pattern.test(kindName ?? ''))?.[1] ?? 'standard';

/** The choice after one more step. Pure. */
export function nextChoice(choice: HeaderChoice | undefined, change: HeaderChange): HeaderChoice {
  if ('preset' in change) return { preset: change.preset, on: [], off: [] };
  const { preset = 'auto', on = [], off = [] } = choice ?? {};
  const others = (rules: readonly HeaderRule[]) => rules.filter((rule) => rule !== change.rule);
  return {
    preset,
    on: change.on ? [...others(on), change.rule] : others(on),
    off: change.on ? others(off) : [...others(off), change.rule],
  };
}

/** The rules in force for a service. */
export function rulesOf(choice: HeaderChoice | undefined, kindName?: string): ReadonlySet<HeaderRule> {
  const preset = choice === undefined || choice.preset === 'auto' ? presetOf(kindName) : choice.preset;
  const off = new Set(choice?.off);
  return new Set([...headerPresets[preset].rules, ...(choice?.on ?? [])].filter((rule) => !off.has(rule)));
}
