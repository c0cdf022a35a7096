import type { ServiceHint } from '../model/service-hint.ts';
import type { Recognised } from '../model/service-kind.ts';

export interface LoadingSource {
  readonly port?: number;
  readonly running: boolean;
  readonly loadsModel: boolean;
}

/** Gradio without a fixed port takes the first free one of these (gradio/http_server.py). */
const gradioPorts = { first: 7860, last: 7959 } as const;

/** Programs that let everybody in unless they were told otherwise. */
const open: ReadonlySet<string> = new Set([
  'jupyter',
  'ollama',
  'comfyui',
  'sdwebui',
  'vllm',
  'sglang',
  'llamacpp',
  'gradio',
]);

/** Hints on one service, from what it said, from its neighbours in the container and from what was started there. Pure. */
export function portHints(about: {
  readonly port: number;
  readonly kind?: Recognised;
  /** Scheme of its public address, where it has one that works. */
  readonly publicScheme?: 'http' | 'https';
  /** Does something listen on its port; unknown where nobody looked. */
  readonly listens?: boolean;
  /** Other ports of the container: what answers there, and whether they are mapped. */
  readonly neighbours: readonly {
    readonly port: number;
    readonly kind?: string;
    readonly isMapped: boolean;
  }[];
  readonly launches: readonly LoadingSource[];
}): readonly ServiceHint[] {
  const hints: ServiceHint[] = [];
  const loads = about.launches.some((one) => one.port === about.port && one.running && one.loadsModel);
  if (about.listens === false && loads) hints.push({ code: 'model_loading' });
  if (about.listens === false && !loads && isGradioPort(about.port)) {
    const slipped = about.neighbours.find(
      (one) => one.kind === 'gradio' && !one.isMapped && one.port > about.port && isGradioPort(one.port),
    );
    if (slipped !== undefined) hints.push({ code: 'gradio_port_slipped', port: slipped.port });
  }
  const root = about.kind?.root;
  if (about.publicScheme === 'https' && root !== undefined && /^http:\/\//i.test(root) && !isLocal(root))
    hints.push({ code: 'root_is_http', root });
  if (about.publicScheme !== undefined && about.kind !== undefined && about.kind.guarded !== true) {
    // Jupyter shows its version to everybody and asks for its token afterwards.
    if (open.has(about.kind.kind) && about.kind.kind !== 'jupyter') hints.push({ code: 'no_login' });
  }
  return hints;
}

const isGradioPort = (port: number): boolean => port >= gradioPorts.first && port <= gradioPorts.last;
const isLocal = (url: string): boolean => /^http:\/\/(?:localhost|127\.|0\.0\.0\.0|\[)/i.test(url);
