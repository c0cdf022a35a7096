import type { Clock } from '../base/effects.ts';
import { pause } from '../base/pause.ts';

/**
 * How often one host is asked, whoever asks. A host is the edge behind all addresses of a platform, or the SSH server
 * of one container: hundreds of services share it, and it must not take their probes for an attack.
 */
export interface HostBudget {
  /** Takes one question: 0 when it may be asked now, else how many milliseconds to wait at least. */
  take(host: string): number;
  /** The question is answered. */
  giveBack(host: string): void;
  /** Waits until it may be asked and takes it; `false` when the signal ended that. */
  wait(host: string, signal: AbortSignal): Promise<boolean>;
}

/** Under way at one time at one host: one that is silent must leave room for the others. */
export const mostAtOnceOfHost = 4;
/** In a second, in the long run. */
export const mostPerSecond = 20;
/** After a rest so many may follow each other: the first look at an account's services. */
const burst = 40;
/** All places are taken: looked at again after this. */
const fullMs = 100;

interface Account {
  tokens: number;
  at: number;
  busy: number;
}

export function createHostBudget({ clock }: { readonly clock: Clock }): HostBudget {
  const accounts = new Map<string, Account>();

  const take = (host: string): number => {
    const now = clock.now();
    const account = accounts.get(host) ?? { tokens: burst, at: now, busy: 0 };
    accounts.set(host, account);
    // A clock that was set back gives nothing and takes nothing.
    account.tokens = Math.min(burst, account.tokens + (Math.max(0, now - account.at) / 1000) * mostPerSecond);
    account.at = now;
    if (account.busy >= mostAtOnceOfHost) return fullMs;
    if (account.tokens < 1) return Math.ceil(((1 - account.tokens) / mostPerSecond) * 1000);
    account.tokens -= 1;
    account.busy += 1;
    return 0;
  };

  /** Hosts come and go with containers: those that rest and are full again are as good as new. */
  const tidy = () => {
    if (accounts.size < 200) return;
    const now = clock.now();
    for (const [host, { busy, at }] of accounts)
      if (busy === 0 && now - at > (burst / mostPerSecond) * 1000) accounts.delete(host);
  };

  return {
    take,
    giveBack(host) {
      const account = accounts.get(host);
      if (account !== undefined) account.busy -= 1;
      tidy();
    },
    async wait(host, signal) {
      for (;;) {
        if (signal.aborted) return false;
        const ms = take(host);
        if (ms === 0) return true;
        if (!(await pause(ms, clock, signal))) return false;
      }
    },
  };
}

/** The edge behind a public address: all mappings of a platform share it. */
export function hostOfAddress(address: string): string {
  const { hostname, port } = new URL(address);
  const domain = hostname.slice(hostname.indexOf('.') + 1);
  return `${/^[\d.]+$|:/.test(hostname) || !domain.includes('.') ? hostname : domain}:${port}`;
}
