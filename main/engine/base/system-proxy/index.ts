import { createFetch } from './fetch-out.ts';
import { createSystemProxy, type SystemProxy } from './system-proxy.ts';

export { systemProxyFailure } from './failure.ts';
export { SystemProxyError } from './open-by-proxy.ts';
export { createSystemProxy, type SystemProxy } from './system-proxy.ts';

/**
 * Proxies belong to the computer as its resolver does, and a process has one account of them. None are used until the
 * process that knows the environment says so: tests and whoever embeds the engine open connections straight.
 */
let ofThisProcess: SystemProxy = createSystemProxy({ environment: {}, now: () => 0 });

/** Said once, by what starts the process. */
export function setSystemProxy(proxy: SystemProxy): void {
  ofThisProcess = proxy;
}

export const systemProxy = (): SystemProxy => ofThisProcess;

/** `fetch` by the computer's proxies. */
export const fetchOut: typeof fetch = createFetch(systemProxy);
