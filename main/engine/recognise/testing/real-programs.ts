import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTinyModel } from './tiny-model.ts';

/** A program as people run it in a container: how it is started, what it is called, and one use of it. */
export interface RealProgram {
  /** Its environment, as `scripts/test-real.mjs` names it. */
  readonly environment: string;
  /** What stands beside its port. */
  readonly label: RegExp;
  readonly port: number;
  /** Puts what it serves into its folder. */
  readonly files?: (folder: string) => void;
  readonly recipe: string;
  /** Of the recipe; host and folder are added. */
  readonly values: (folder: string) => Readonly<Record<string, string>>;
  /** Where its page is. */
  readonly path?: string;
  /** A script in the page that uses it once, and what comes of that; absent for a program without a page. */
  readonly use?: string;
  readonly gives?: string;
  /** It is a language model: the official client of its protocol streams a chat. */
  readonly chats?: boolean;
  /** Errors in its console that are its own, whatever is in front of it. */
  readonly itsOwn?: RegExp;
}

const waitFor = `const until = async (find) => { for (let i = 0; i < 600; i += 1) { const found = find(); if (found) return found;
  await new Promise((r) => setTimeout(r, 100)); } throw new Error('not found: ' + find); };`;
const script = (body: string) => `(async () => { ${waitFor} ${body} })()`;

const gradioApp = `import gradio as gr

def greet(name, file):
    size = len(open(file, "rb").read()) if file else 0
    return f"Hello {name}, {size} bytes"

gr.Interface(greet, [gr.Textbox(label="name"), gr.File(label="file")], gr.Textbox(label="out")).launch()
`;
/** Types a name, gives a file, presses Submit and reads the answer. */
const gradioUse = script(`
  const type = (field, text) => { const proto = Object.getPrototypeOf(field);
    Object.getOwnPropertyDescriptor(proto, 'value').set.call(field, text); field.dispatchEvent(new Event('input', { bubbles: true })); };
  const fields = () => [...document.querySelectorAll('textarea, input[data-testid="textbox"]')];
  await until(() => fields().length >= 2);
  type(fields()[0], 'Ada');
  const give = await until(() => document.querySelector('input[type=file]'));
  const files = new DataTransfer(); files.items.add(new File(['12345'], 'five.txt', { type: 'text/plain' }));
  give.files = files.files; give.dispatchEvent(new Event('change', { bubbles: true }));
  await until(() => document.body.innerText.includes('five'));
  (await until(() => [...document.querySelectorAll('button')].find((b) => b.innerText.trim() === 'Submit'))).click();
  return (await until(() => fields().find((f) => f.value.includes('bytes')))).value;`);
const gradio = (environment: string, version: string): RealProgram => ({
  environment,
  label: new RegExp(`^Gradio ${version}\\.\\d+\\.\\d+$`),
  port: 7860,
  files: (folder) => writeFileSync(join(folder, 'app.py'), gradioApp),
  recipe: 'gradio',
  values: () => ({ script: 'app.py', port: '7860' }),
  use: gradioUse,
  gives: 'Hello Ada, 5 bytes',
  // Fonts of another host, which this machine may not reach, and pages inside of pages.
  itsOwn: /fonts\.g|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|postMessage|manifest/i,
});

export const realPrograms: readonly RealProgram[] = [
  {
    environment: 'streamlit',
    label: /^Streamlit$/,
    port: 8501,
    files: (folder) =>
      writeFileSync(
        join(folder, 'app.py'),
        'import streamlit as st\nn = st.slider("n", 0, 100, 25)\nst.write(f"value {n}")\n',
      ),
    recipe: 'streamlit',
    values: () => ({ script: 'app.py', port: '8501' }),
    use: script(`
      const thumb = await until(() => document.querySelector('[role=slider], input[type=range]'));
      await until(() => document.body.innerText.includes('value 25'));
      thumb.focus();
      console.log('GEARWAY-PRESS Right');
      await until(() => document.body.innerText.includes('value 26'));
      return 'value 26';`),
    gives: 'value 26',
    itsOwn:
      /fonts\.g|metrics config|webhooks\.fivetran|data\.streamlit|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED/i,
  },
  {
    environment: 'tensorboard',
    label: /^TensorBoard \d+\.\d+\.\d+$/,
    port: 6106,
    files: (folder) => mkdirSync(join(folder, 'runs')),
    recipe: 'tensorboard',
    values: () => ({ logFolder: 'runs', port: '6106' }),
    use: script(`
      await until(() => document.querySelector('tb-webapp')?.innerText.includes('No dashboards'));
      return (await (await fetch('data/environment')).json()).version.length > 0 ? 'told' : 'silent';`),
    gives: 'told',
    itsOwn: /fonts\.g|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED/i,
  },
  gradio('gradio5', '5'),
  gradio('gradio6', '6'),
  {
    environment: 'jupyterlab',
    label: /^Jupyter \d+\.\d+\.\d+$/,
    port: 8889,
    recipe: 'jupyter',
    values: () => ({ port: '8889', token: 'sesame' }),
    path: '/lab?token=sesame',
    use: script(`
      await until(() => document.querySelector('#jp-main-dock-panel, .jp-Launcher'));
      const token = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? '';
      const kernel = await (await fetch('/api/kernels', { method: 'POST', headers: { 'X-XSRFToken': token } })).json();
      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/kernels/' + kernel.id + '/channels');
      await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = () => reject(new Error('no socket')); });
      socket.send(JSON.stringify({ channel: 'shell', parent_header: {}, metadata: {}, buffers: [],
        header: { msg_id: 'a', msg_type: 'execute_request', session: 's', username: '', version: '5.3', date: new Date().toISOString() },
        content: { code: 'print(6 * 7)', silent: false, store_history: false, user_expressions: {}, allow_stdin: false } }));
      return await new Promise((resolve) => { socket.onmessage = ({ data }) => {
        const message = JSON.parse(data); if (message.msg_type === 'stream') resolve(message.content.text.trim()); }; });`),
    gives: '42',
    itsOwn:
      /fonts\.g|jupyterlab-news|api\/news|ERR_NAME_NOT_RESOLVED|favicon|extension manager|ERR_INTERNET_DISCONNECTED/i,
  },
  {
    environment: 'marimo',
    label: /^marimo \d+\.\d+\.\d+$/,
    port: 2718,
    files: (folder) =>
      writeFileSync(
        join(folder, 'app.py'),
        'import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n    import marimo as mo\n    mo.md("printed by a cell")\n    return\n\nif __name__ == "__main__":\n    app.run()\n',
      ),
    recipe: 'command',
    values: () => ({
      line: 'exec marimo run app.py --headless --no-token --host "$HOST" --port "$PORT" --include-code',
      port: '2718',
    }),
    use: script(
      `await until(() => document.body.innerText.includes('printed by a cell')); return 'printed';`,
    ),
    gives: 'printed',
    itsOwn: /fonts\.g|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|manifest/i,
  },
  {
    environment: 'mlflow',
    label: /^MLflow \d+\.\d+\.\d+$/,
    port: 5000,
    recipe: 'command',
    values: () => ({
      line: 'exec mlflow server --host "$HOST" --port "$PORT" --workers 1 --allowed-hosts "*" --cors-allowed-origins "*" --backend-store-uri sqlite:///mlflow.db',
      port: '5000',
    }),
    use: script(`
      await until(() => document.querySelector('#root')?.innerText.length > 20);
      const name = 'e' + Math.random();
      const made = await (await fetch('ajax-api/2.0/mlflow/experiments/create', { method: 'POST',
        headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name }) })).json();
      return made.experiment_id ? 'made' : JSON.stringify(made);`),
    gives: 'made',
    itsOwn: /fonts\.g|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|telemetry|config\.mlflow/i,
  },
  {
    environment: 'llamacpp',
    label: /^OpenAI API$/,
    port: 8080,
    files: (folder) => writeTinyModel(join(folder, 'tiny.gguf')),
    recipe: 'command',
    values: () => ({
      line: 'exec python -m llama_cpp.server --model tiny.gguf --host "$HOST" --port "$PORT" --n_ctx 256',
      port: '8080',
    }),
    chats: true,
  },
];
