import { createHash } from 'node:crypto';
import type { Secret } from '../base/secret.ts';

/**
 * Keys that people keep for services. A key is bound to the place for which it was given: the platform's address, the
 * account, the container and the port. Another platform may name a container alike, and gets nothing.
 */
export interface ServiceKeys {
  /** The mark of the place where a service is now; `undefined` where no account is open. */
  markOf(id: string): string | undefined;
  /** Only where the service is now what it was when the key was given. */
  get(id: string): Secret | undefined;
  set(id: string, mark: string, secret: Secret): void;
  delete(id: string): void;
}

/** `place`: the address of the platform and the account that is open. */
export function createServiceKeys(
  place: () => { readonly origin: string; readonly accountId: string } | undefined,
): ServiceKeys {
  const kept = new Map<string, { readonly mark: string; readonly secret: Secret }>();
  const markOf = (id: string): string | undefined => {
    const now = place();
    if (now === undefined) return undefined;
    return createHash('sha256')
      .update(JSON.stringify([now.origin, now.accountId, id]))
      .digest('hex')
      .slice(0, 32);
  };
  return {
    markOf,
    get(id) {
      const found = kept.get(id);
      return found !== undefined && found.mark === markOf(id) ? found.secret : undefined;
    },
    set: (id, mark, secret) => void kept.set(id, { mark, secret }),
    delete: (id) => void kept.delete(id),
  };
}
