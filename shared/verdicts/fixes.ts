/** How a program is told to listen for everybody. */
export interface Fix {
  /** Shown as the program's name. */
  readonly program: string;
  /** A line to run or to change; `PORT` stands for the service's port. */
  readonly line: string;
}

/** Each program's own documented option (checked against their `--help` as listed by their projects). */
const fixes: readonly (readonly [pattern: RegExp, fix: Fix])[] = [
  [/gradio/i, { program: 'Gradio', line: 'demo.launch(server_name="0.0.0.0", server_port=PORT)' }],
  [/vllm/i, { program: 'vLLM', line: 'vllm serve MODEL --host 0.0.0.0 --port PORT' }],
  [/sglang/i, { program: 'SGLang', line: 'python -m sglang.launch_server --host 0.0.0.0 --port PORT …' }],
  [/jupyter|notebook/i, { program: 'Jupyter', line: 'jupyter lab --ip 0.0.0.0 --port PORT' }],
  [/comfyui/i, { program: 'ComfyUI', line: 'python main.py --listen 0.0.0.0 --port PORT' }],
  [
    /streamlit/i,
    { program: 'Streamlit', line: 'streamlit run APP --server.address 0.0.0.0 --server.port PORT' },
  ],
  [/tensorboard/i, { program: 'TensorBoard', line: 'tensorboard --logdir LOGS --bind_all --port PORT' }],
  [/ollama/i, { program: 'Ollama', line: 'OLLAMA_HOST=0.0.0.0:PORT ollama serve' }],
  [/llama[.-]?(cpp|server)/i, { program: 'llama.cpp', line: 'llama-server --host 0.0.0.0 --port PORT …' }],
  [/uvicorn/i, { program: 'Uvicorn', line: 'uvicorn APP --host 0.0.0.0 --port PORT' }],
  [/vite/i, { program: 'Vite', line: 'vite --host 0.0.0.0 --port PORT' }],
  [
    /simplehttp|http\.server/i,
    { program: 'http.server', line: 'python3 -m http.server PORT --bind 0.0.0.0' },
  ],
];

const anyProgram: Fix = { program: '', line: '--host 0.0.0.0 --port PORT' };

/** The line that makes a service listen for everybody, by what answers or which process listens. */
export function fixFor(service: {
  readonly kindName?: string;
  readonly process?: string;
  readonly port: number;
}): Fix {
  const known = [service.kindName, service.process].flatMap((name) =>
    name === undefined ? [] : fixes.filter(([pattern]) => pattern.test(name)),
  )[0];
  const fix = known?.[1] ?? anyProgram;
  return { ...fix, line: fix.line.replace('PORT', String(service.port)) };
}
