import type { LaunchEnd } from '../model/launch.ts';

/** What a program says when it gives up, by what a person can do about it. The first that fits counts: a full GPU also
 * ends in "engine failed", which says nothing. `(?<what>…)` is the name that the sentence needs. */
const signs: readonly (readonly [LaunchEnd['kind'], RegExp])[] = [
  // PyTorch; vLLM where others fill the GPU, or where the cache finds no room beside the model.
  [
    'gpuFull',
    /CUDA out of memory|OutOfMemoryError|CUDA error: out of memory|HIP out of memory|No available memory for the cache blocks|Free memory on device .* is less than desired|cudaMalloc failed: out of memory|Not enough memory\. Please try to increase --mem-fraction-static/i,
  ],
  [
    'contextTooLong',
    /max(?:imum)?[ _]model[ _]len(?:gth)?.*(?:larger|greater|exceeds)|max seq len.*KV cache/i,
  ],
  [
    'noGpu',
    /No CUDA GPUs are available|not compiled with CUDA enabled|Found no NVIDIA driver|Failed to infer device type|no CUDA-capable device|No supported device detected/i,
  ],
  ['driverOld', /NVIDIA driver on your system is too old|CUDA driver version is insufficient/i],
  ['gated', /GatedRepoError|gated repo|Access to model .* is restricted/i],
  [
    'hubUnreachable',
    /couldn'?t connect to 'https?:\/\/|LocalEntryNotFoundError|(?:Max retries exceeded|ConnectTimeout|ConnectError|NameResolutionError).*(?:huggingface|hf-mirror|modelscope)|host='huggingface\.co'/i,
  ],
  [
    'modelUnknown',
    /RepositoryNotFoundError|not a valid model identifier|Repo id must be|failed to load model from|does not appear to have a file named config\.json/i,
  ],
  ['packageMissing', /(?:ModuleNotFoundError|ImportError): No module named '?(?<what>[\w.-]{1,100})/],
  ['packageMissing', /No module named (?<what>[\w.-]{1,100})$/],
  ['packageMissing', /Cannot find (?:module|package) '(?<what>[^'./][^']{0,100})'/],
  [
    'portTaken',
    /address already in use|EADDRINUSE|Errno 98\]|Cannot find empty port|port \d+ is (?:already )?in use/i,
  ],
  ['diskFull', /No space left on device|ENOSPC|Disk quota exceeded/i],
  ['libraryMissing', /(?<what>lib[\w.+-]{1,80}\.so[\w.]*): cannot open shared object file/],
  ['optionUnknown', /unrecognized arguments?:? '?(?<what>--?[\w-]{1,80})/i],
  [
    'optionUnknown',
    /(?:no such option|unknown option|unrecognized option|invalid option):? ['"]?(?<what>--?[\w-]{1,80})/i,
  ],
  [
    'fileMissing',
    /can'?t open file '(?<what>[^']{1,300})'|Error: Cannot find module '(?<path>[./][^']{0,300})'/,
  ],
  [
    'fileMissing',
    /(?:FileNotFoundError|File does not exist|Notebook JSON|ENOENT).*?['"](?<what>[^'"]{1,300})['"]/,
  ],
  ['notAllowed', /Permission denied|PermissionError|EACCES/],
];

/** As the shells say it: bash and dash, zsh and fish, `env` and `nohup`. */
const notFound =
  /(?:^|[\s:])(?<what>[\w./+-]{1,200}): (?:command )?not found\s*$|(?:command not found|Unknown command): (?<name>[\w./+-]{1,200})|['‘](?<quoted>[\w./+-]{1,200})['’]: No such file/;

/** POSIX shells: the program is not there. */
const notFoundCode = 127;
/** 128 and SIGKILL: what the kernel ends where memory runs out, it ends so. */
const killedCode = 137;

/**
 * Why a service ended by itself, as far as its exit code and what it printed tell. `lines` are those that speak of
 * errors and the last ones, oldest first; at most a few dozen. `undefined` where nobody can tell. Pure.
 */
export function whyEnded(code: number, lines: readonly string[]): LaunchEnd | undefined {
  if (code === 0) return undefined;
  const missing = code === notFoundCode ? named('programMissing', notFound, lines) : undefined;
  if (missing !== undefined) return missing;
  // A warning is what the program went on after.
  const grave = lines.filter((line) => !/\b(?:DEBUG|INFO|WARN|WARNING)\b/.test(line));
  for (const [kind, sign] of signs) {
    const end = named(kind, sign, grave);
    if (end !== undefined) return end;
  }
  if (code === notFoundCode) return { kind: 'programMissing' };
  return code === killedCode ? { kind: 'killed' } : undefined;
}

function named(kind: LaunchEnd['kind'], sign: RegExp, lines: readonly string[]): LaunchEnd | undefined {
  for (const line of lines) {
    const found = sign.exec(line);
    if (found === null) continue;
    const what = Object.values(found.groups ?? {}).find((group) => group !== undefined);
    if (what === undefined) return { kind };
    return { kind, what: kind === 'packageMissing' ? packageOf(what) : what };
  }
  return undefined;
}

/** What pip calls a package whose module has another name. */
const packages: Readonly<Record<string, string>> = {
  cv2: 'opencv-python-headless',
  PIL: 'pillow',
  yaml: 'pyyaml',
  sklearn: 'scikit-learn',
  skimage: 'scikit-image',
  bs4: 'beautifulsoup4',
  dotenv: 'python-dotenv',
  flash_attn: 'flash-attn',
};

function packageOf(module: string): string {
  const [first = module] = module.split('.');
  return Object.hasOwn(packages, first) ? (packages[first] ?? first) : first;
}
