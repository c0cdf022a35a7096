/** Programs that Gearway tells apart. `openai` is any other server that speaks OpenAI's protocol. */
const serviceKinds = [
  'gradio',
  'vllm',
  'sglang',
  'llamacpp',
  'ollama',
  'openai',
  'tensorboard',
  'jupyter',
  'comfyui',
  'sdwebui',
  'streamlit',
  'mlflow',
  'marimo',
  'openwebui',
  'static',
  'redis',
  'postgresql',
  'mysql',
  'ssh',
  'vnc',
  'smtp',
  'ftp',
] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** What answers behind a port, as it said itself. */
export interface Recognised {
  readonly kind: ServiceKind;
  /** The program's own name, the same in every language. */
  readonly name: string;
  readonly version?: string;
  /** What its maker calls it, one line of at most 120 characters. */
  readonly title?: string;
  /** It answers only those who log in. */
  readonly guarded?: boolean;
  /** The address that it takes for its own; wrong behind a proxy whose headers it does not get. */
  readonly root?: string;
}

/** Kinds that speak OpenAI's protocol. */
export const modelKinds: ReadonlySet<ServiceKind> = new Set([
  'vllm',
  'sglang',
  'llamacpp',
  'ollama',
  'openai',
]);
