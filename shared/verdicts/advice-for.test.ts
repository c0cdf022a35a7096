import { describe, expect, it } from 'vitest';
import { makeService } from '../../renderer/testing/make.ts';
import type { FindingCode, Service } from '../model/service.ts';
import { adviceFor, type FindingAdvice, type StartedFromHere } from './advice-for.ts';

const ours: StartedFromHere = { id: 'c/l', takesHost: true, takesKey: true };
const oursPlain: StartedFromHere = { id: 'c/l', takesHost: true, takesKey: false };
const seen = (kindName: string | undefined, process: string, exposure?: Service['exposure']): Service =>
  makeService({
    ...(kindName === undefined ? {} : { kindName }),
    listens: { bind: 'loopback', process },
    ...(exposure === undefined ? {} : { exposure }),
  });
const unmapped = { kind: 'unmapped' } as const;

describe('the advice for a finding, by what the service is and who started it', () => {
  it.each<readonly [FindingCode, string, Service, StartedFromHere | undefined, FindingAdvice]>([
    [
      'bound_to_loopback',
      'Gradio of ours',
      seen('Gradio 6', 'python3'),
      oursPlain,
      { say: 'start_it_on_all', deed: 'start_on_all' },
    ],
    [
      'bound_to_loopback',
      'vLLM of ours',
      seen('vLLM', 'vllm'),
      ours,
      { say: 'start_it_on_all', deed: 'start_on_all' },
    ],
    [
      'bound_to_loopback',
      'a static folder of ours',
      seen(undefined, 'python3'),
      oursPlain,
      { say: 'start_it_on_all', deed: 'start_on_all' },
    ],
    [
      'bound_to_loopback',
      'Gradio of somebody',
      seen('Gradio 6', 'python3'),
      undefined,
      { say: 'start_like_this', line: 'demo.launch(server_name="0.0.0.0", server_port=7860)' },
    ],
    [
      'bound_to_loopback',
      'vLLM of somebody',
      seen('vLLM', 'vllm'),
      undefined,
      { say: 'start_like_this', line: 'vllm serve MODEL --host 0.0.0.0 --port 7860' },
    ],
    [
      'bound_to_loopback',
      'SGLang of somebody',
      seen('SGLang', 'python3'),
      undefined,
      { say: 'start_like_this', line: 'python -m sglang.launch_server --host 0.0.0.0 --port 7860 …' },
    ],
    [
      'bound_to_loopback',
      'Jupyter of somebody',
      seen('Jupyter', 'jupyter-lab'),
      undefined,
      { say: 'start_like_this', line: 'jupyter lab --ip 0.0.0.0 --port 7860' },
    ],
    [
      'bound_to_loopback',
      'a static server of somebody',
      seen('SimpleHTTP', 'python3'),
      undefined,
      { say: 'start_like_this', line: 'python3 -m http.server 7860 --bind 0.0.0.0' },
    ],
    [
      'bound_to_loopback',
      'a Python program that nobody knows',
      seen(undefined, 'python3'),
      undefined,
      { say: 'start_with_option', line: '--host 0.0.0.0 --port 7860' },
    ],
    [
      'bound_to_loopback',
      'a program that nobody knows',
      seen(undefined, 'notes'),
      undefined,
      { say: 'start_with_option', line: '--host 0.0.0.0 --port 7860' },
    ],
    [
      'listens_elsewhere',
      'a service of ours',
      seen(undefined, 'node'),
      oursPlain,
      { say: 'start_it_on_all', deed: 'start_on_all' },
    ],
    [
      'host_check',
      'Vite, whoever started it',
      seen('Vite', 'node'),
      oursPlain,
      { say: 'start_like_this', line: "server: { allowedHosts: ['demo-web.gear.example'] }" },
    ],
    [
      'open_to_anyone',
      'vLLM of ours',
      seen('vLLM', 'vllm'),
      ours,
      { say: 'start_it_with_key', deed: 'start_with_key' },
    ],
    [
      'open_to_anyone',
      'vLLM of somebody',
      seen('vLLM', 'vllm'),
      undefined,
      { say: 'close_like_this', line: 'vllm serve MODEL --api-key KEY', deed: 'remove_mapping' },
    ],
    [
      'open_to_anyone',
      'ComfyUI, which has no login',
      seen('ComfyUI', 'python3'),
      oursPlain,
      { say: 'no_login', deed: 'remove_mapping' },
    ],
    [
      'open_to_anyone',
      'one that is not mapped any more',
      seen('ComfyUI', 'python3', unmapped),
      undefined,
      { say: 'no_login' },
    ],
    [
      'tunnel_only',
      'a reserved port',
      seen('Jupyter', 'jupyter', { kind: 'reserved' } as Service['exposure']),
      undefined,
      { say: 'reserved' },
    ],
    [
      'tunnel_only',
      'raw TCP',
      seen('Redis', 'redis-server', { kind: 'tcp' } as Service['exposure']),
      undefined,
      {},
    ],
    ['certificate_expires', 'whatever it is', seen('Gradio', 'python3'), ours, {}],
  ])('%s: %s', (code, _, service, launch, advice) => {
    expect(adviceFor(code, service, launch)).toEqual(advice);
  });
});
