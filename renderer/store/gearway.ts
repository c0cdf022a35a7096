import type { Bridge } from '../../shared/contract/bridge.ts';
import type { RequestInput, RequestName, RequestResult } from '../../shared/contract/requests.ts';

declare global {
  interface Window {
    readonly gearway: Bridge;
  }
}

/** The window's one way to ask for anything: typed by the contract, checked on the other side. */
export interface Client {
  ask<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    signal?: AbortSignal,
  ): Promise<RequestResult<N>>;
}

/** The window's side of the contract; a call whose signal is aborted is cancelled where it runs. */
export function createClient(bridge: Bridge): Client {
  let nextCall = 1;
  return {
    async ask<N extends RequestName>(name: N, input: RequestInput<N>, signal?: AbortSignal) {
      const call = nextCall++;
      const cancel = () => bridge.cancel(call);
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        return (await bridge.request(name, input, call)) as RequestResult<N>;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
  };
}
