import { quoteToPaste } from '../quoting/index.ts';
import { shownJson, shownLine } from '../shown-text.ts';

export type SnippetId =
  | 'python'
  | 'javascript'
  | 'curl'
  | 'env'
  | 'claudeCode'
  | 'codex'
  | 'langchain'
  | 'continue'
  | 'cursor'
  | 'openWebui'
  | 'litellm';

/** Programs that ask from their maker's servers: an address of this computer is none for them (cursor.com/docs, "API keys"). */
export const asksFromAfar: ReadonlySet<SnippetId> = new Set(['cursor']);

/** Taken from what their makers write, and not run with these settings; all others were. */
export const fromDocuments: ReadonlySet<SnippetId> = new Set(['cursor', 'openWebui']);

/** What these programs speak besides OpenAI's chat: not every server has it. */
export const asksFor: Readonly<Partial<Record<SnippetId, string>>> = {
  claudeCode: '/v1/messages',
  codex: '/v1/responses',
};

interface Snippet {
  readonly id: SnippetId;
  /** For colouring: the language of the text. */
  readonly language: 'python' | 'javascript' | 'shell' | 'yaml' | 'toml' | 'text';
  readonly text: string;
}

/** The server takes any key where it asks for none, and every client insists on one. */
const noKey = 'none';
/** Stands where a person's key belongs: the key itself never leaves the keychain. */
const yourKey = 'YOUR_API_KEY';

/** Ready settings and programs for a model. `base` ends in `/v1`. No secret is in them. Pure. */
export function snippetsFor(about: {
  readonly base: string;
  readonly model: string;
  readonly needsKey: boolean;
}): readonly Snippet[] {
  const { base, model } = about;
  const key = about.needsKey ? yourKey : noKey;
  // JSON's strings are strings of Python, JavaScript and YAML too; what is pasted presses no keys.
  const text = (value: unknown) => shownJson(JSON.stringify(value));
  const body = text({ model, messages: [{ role: 'user', content: 'Hello' }], stream: true });
  return [
    {
      id: 'python',
      language: 'python',
      text: `from openai import OpenAI

client = OpenAI(base_url=${text(base)}, api_key=${text(key)})
stream = client.chat.completions.create(
    model=${text(model)},
    messages=[{"role": "user", "content": "Hello"}],
    stream=True,
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
`,
    },
    {
      id: 'javascript',
      language: 'javascript',
      text: `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: ${text(base)}, apiKey: ${text(key)} });
const stream = await client.chat.completions.create({
  model: ${text(model)},
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? '');
`,
    },
    {
      id: 'curl',
      language: 'shell',
      text: `curl -N ${quoteToPaste(`${base}/chat/completions`)} \\
  -H 'Content-Type: application/json' \\
  -H ${quoteToPaste(`Authorization: Bearer ${key}`)} \\
  -d ${quoteToPaste(body)}
`,
    },
    {
      id: 'env',
      language: 'shell',
      text: `export OPENAI_BASE_URL=${quoteToPaste(base)}
export OPENAI_API_KEY=${quoteToPaste(key)}
export OPENAI_MODEL=${quoteToPaste(model)}
`,
    },
    {
      id: 'claudeCode',
      language: 'shell',
      // It adds /v1/messages by itself; its smaller model has to be named too, or it asks for one that is not there.
      text: `export ANTHROPIC_BASE_URL=${quoteToPaste(base.replace(/\/v1$/, ''))}
export ANTHROPIC_AUTH_TOKEN=${quoteToPaste(key)}
export ANTHROPIC_MODEL=${quoteToPaste(model)}
export ANTHROPIC_DEFAULT_HAIKU_MODEL=${quoteToPaste(model)}
claude
`,
    },
    {
      id: 'codex',
      language: 'toml',
      // A basic string of TOML has JSON's escapes (toml.io, "String").
      text: `# ~/.codex/config.toml
model = ${text(model)}
model_provider = "gearway"

[model_providers.gearway]
name = "Gearway"
base_url = ${text(base)}
wire_api = "responses"
experimental_bearer_token = ${text(key)}
`,
    },
    {
      id: 'langchain',
      language: 'python',
      text: `from langchain_openai import ChatOpenAI

llm = ChatOpenAI(base_url=${text(base)}, api_key=${text(key)}, model=${text(model)})
for chunk in llm.stream("Hello"):
    print(chunk.content, end="", flush=True)
`,
    },
    {
      id: 'continue',
      language: 'yaml',
      // A file of its own needs the three lines before its models (docs.continue.dev/reference).
      text: `name: Gearway
version: 0.0.1
schema: v1
models:
  - name: ${text(model)}
    provider: openai
    model: ${text(model)}
    apiBase: ${text(base)}
    apiKey: ${text(key)}
    roles: [chat, edit, apply]
`,
    },
    {
      id: 'cursor',
      language: 'text',
      text: `Override OpenAI Base URL: ${base}
OpenAI API Key: ${key}
Model: ${shownLine(model)}
`,
    },
    {
      id: 'openWebui',
      language: 'shell',
      text: `export OPENAI_API_BASE_URL=${quoteToPaste(base)}
export OPENAI_API_KEY=${quoteToPaste(key)}
export DEFAULT_MODELS=${quoteToPaste(model)}
open-webui serve
`,
    },
    {
      id: 'litellm',
      language: 'yaml',
      text: `model_list:
  - model_name: ${text(model)}
    litellm_params:
      model: ${text(`openai/${model}`)}
      api_base: ${text(base)}
      api_key: ${text(key)}
`,
    },
  ];
}
