import { describe, expect, it } from 'vitest';
import { greetingByName, isWebByName } from './by-name.ts';

describe('the name of what listens', () => {
  it.each([
    ['nginx', undefined],
    ['jupyter-lab', '/usr/bin/python3 /usr/local/bin/jupyter-lab --port 8888'],
    ['python3', 'python3 -m http.server 8000'],
    ['python3', 'python3 -m uvicorn app:app'],
    ['python3', '/opt/conda/bin/python /opt/conda/bin/vllm serve model'],
    ['python', 'python -m sglang.launch_server --port 30000'],
    ['VLLM::APIServer', 'vllm serve model'],
    ['ollama', 'ollama serve'],
    ['streamlit', undefined],
  ])('%s (%s) is a web server', (process, command) => {
    expect(isWebByName({ port: 1, process, command })).toBe(true);
  });

  it.each([
    ['python3', 'python3 -m debugpy --listen 5678 train.py'],
    ['python3', 'python3 my-gradio-train.py --wait'],
    ['iperf3', 'iperf3 -s'],
    ['gdbserver', 'gdbserver :2345 /bin/app'],
    ['nc', 'nc -l 8080'],
    ['redis-server', 'redis-server *:6379'],
    ['postgres', '/usr/lib/postgresql/15/bin/postgres -D /data/nginx'],
    ['node', 'node server.js'],
    [undefined, undefined],
  ])('%s (%s) may be anything', (process, command) => {
    expect(isWebByName({ port: 1, process, command })).toBe(false);
  });

  it.each([
    ['redis-server', 7_000, 'redis'],
    ['postgres', 1, 'postgresql'],
    ['mariadbd', 1, 'mysql'],
    ['Xtigervnc', 1, 'vnc'],
    [undefined, 5_432, 'postgresql'],
    ['python3', 8_000, undefined],
  ])('%s on %i greets as %s', (process, port, greeting) => {
    expect(greetingByName({ process, port })).toBe(greeting);
  });
});
