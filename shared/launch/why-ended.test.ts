import { describe, expect, it } from 'vitest';
import { whyEnded } from './why-ended.ts';

const vllmEnd = [
  '(EngineCore_0 pid=91) torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has',
  '(APIServer pid=12)   File "/usr/lib/python3.12/site-packages/vllm/v1/engine/utils.py", line 729, in wait',
  '(APIServer pid=12) RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}',
];

describe('why a service ended', () => {
  it.each([
    ['a program of bash', 127, ['/bin/bash: line 1: vllm: command not found'], 'programMissing', 'vllm'],
    ['a program of dash', 127, ['sh: 1: vllm: not found'], 'programMissing', 'vllm'],
    [
      'a program of nohup',
      127,
      ["nohup: failed to run command 'vllm': No such file or directory"],
      'programMissing',
      'vllm',
    ],
    ['a program without a word', 127, [], 'programMissing', undefined],
    ['a package', 1, ["ModuleNotFoundError: No module named 'gradio'"], 'packageMissing', 'gradio'],
    [
      'a package by its file',
      1,
      ["ModuleNotFoundError: No module named 'sklearn.svm'"],
      'packageMissing',
      'scikit-learn',
    ],
    [
      'a package run as a module',
      1,
      ['/usr/bin/python3: No module named sglang'],
      'packageMissing',
      'sglang',
    ],
    ['a package of Node.js', 1, ["Error: Cannot find module 'express'"], 'packageMissing', 'express'],
    [
      'a script of Node.js',
      1,
      ["Error: Cannot find module '/output/server.js'"],
      'fileMissing',
      '/output/server.js',
    ],
    [
      'a script',
      2,
      ["python3: can't open file '/output/app.py': [Errno 2] No such file or directory"],
      'fileMissing',
      '/output/app.py',
    ],
    ['the memory of the GPU, among traces', 1, vllmEnd, 'gpuFull', undefined],
    [
      'the memory of the GPU, used by others',
      1,
      [
        'ValueError: Free memory on device (3.2/23.7 GiB) on startup is less than desired GPU memory utilization (0.9, 21.33 GiB).',
      ],
      'gpuFull',
      undefined,
    ],
    [
      'a long context',
      1,
      [
        "ValueError: To serve at least one request with the models's max seq len (131072), (16.00 GiB KV cache is needed",
      ],
      'contextTooLong',
      undefined,
    ],
    ['no GPU', 1, ['RuntimeError: No CUDA GPUs are available'], 'noGpu', undefined],
    ['no device for vLLM', 1, ['RuntimeError: Failed to infer device type'], 'noGpu', undefined],
    ['a taken port', 1, ['OSError: [Errno 98] Address already in use'], 'portTaken', undefined],
    [
      'a taken port of uvicorn',
      1,
      [
        "ERROR:    [Errno 98] error while attempting to bind on address ('0.0.0.0', 8000): address already in use",
      ],
      'portTaken',
      undefined,
    ],
    [
      'a taken port of Gradio',
      1,
      ['OSError: Cannot find empty port in range: 7860-7860.'],
      'portTaken',
      undefined,
    ],
    [
      'a taken port of Node.js',
      1,
      ['Error: listen EADDRINUSE: address already in use 0.0.0.0:3000'],
      'portTaken',
      undefined,
    ],
    ['terms', 1, ['OSError: You are trying to access a gated repo.'], 'gated', undefined],
    [
      'a wrong model',
      1,
      [
        "OSError: qwen/no is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'",
      ],
      'modelUnknown',
      undefined,
    ],
    [
      'a hub out of reach',
      1,
      ["OSError: We couldn't connect to 'https://huggingface.co' to load the files"],
      'hubUnreachable',
      undefined,
    ],
    ['a wrong option', 2, ['vllm: error: unrecognized arguments: --frob 3'], 'optionUnknown', '--frob'],
    ['a full disk', 1, ['OSError: [Errno 28] No space left on device'], 'diskFull', undefined],
    [
      'a missing library',
      127,
      ['python: error while loading shared libraries: libcudart.so.12: cannot open shared object file'],
      'libraryMissing',
      'libcudart.so.12',
    ],
    ['no right', 1, ['PermissionError: [Errno 13] Permission denied'], 'notAllowed', undefined],
    ['no memory', 137, ['loading'], 'killed', undefined],
  ])('%s', (_case, code, lines, kind, what) => {
    const end = whyEnded(code, lines);
    expect(end?.kind).toBe(kind);
    expect(end?.what).toBe(what);
  });

  it.each([
    ['an end in order', 0, ["ModuleNotFoundError: No module named 'gradio'"]],
    ['an end by Ctrl-C', 130, ['KeyboardInterrupt']],
    ['words that say nothing', 1, ['it did not work']],
    [
      'a warning only',
      1,
      ['WARNING 11-25 [__init__.py] Failed to import: No module named "triton"', 'bad luck'],
    ],
    ['nothing', 1, []],
    ['a long line', 1, [`No module named ${'a'.repeat(100_000)}!`]],
  ])('nobody can tell after %s', (_case, code, lines) => {
    expect(whyEnded(code, lines)).toBeUndefined();
  });
});
