import { quoteToPaste } from '../quoting/index.ts';
import { shownJson, shownLine } from '../shown-text.ts';

export type SnippetId = 'python' | 'javascript' | 'curl' | 'env' | 'continue' | 'cursor' | 'litellm';

/** Programs that ask from their maker's servers: an address of this computer is none for them (cursor.com/docs, "API keys"). */
export const asksFromAfar: ReadonlySet<SnippetId> = new Set(['cursor']);

interface Snippet {
  readonly id: SnippetId;
  /** For colouring: the language of the text. */
  readonly language: 'python' | 'javascript' | 'shell' | 'yaml' | 'text';
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
