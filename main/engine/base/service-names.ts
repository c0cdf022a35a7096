import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type NetworkPlace, placeOf } from '../../../shared/network-place.ts';
import { resolveName } from './localhost-names.ts';

/** The system's error for a public name that leads to this computer or its network. */
export const leadsInside = 'ENAMEINSIDE';

/**
 * The host of the platform that names the services of this process, as a URL writes it: where it is, its services may be.
 * None until the account says so.
 */
let platformHost: () => string | undefined = () => undefined;

export function setPlatformHost(host: () => string | undefined): void {
  platformHost = host;
}

/**
 * Resolves the name of a service's public address. A platform is not believed about places where it is not: its names
 * are read before they are kept (`mayName`), and here what they lead to, which their owner changes at any time (DNS
 * rebinding). A public name whose addresses are this computer's, link-local or private fails with `ENAMEINSIDE`, unless
 * the platform's own name leads to the same kind of place. Fits wherever Node takes a `lookup`.
 */
export const createServiceLookup =
  (resolve: LookupFunction, home: () => string | undefined): LookupFunction =>
  (host, options, callback) => {
    const resolveAll = (name: string, done: (error: Error | null, all: readonly LookupAddress[]) => void) =>
      resolve(name, { ...options, all: true }, (error, all) =>
        done(error, typeof all === 'string' ? [] : all),
      );
    const placesOf = (platform: string, done: (places: ReadonlySet<NetworkPlace>) => void) => {
      if (placeOf(platform) !== 'public') done(new Set([placeOf(platform)]));
      else resolveAll(platform, (_error, all) => done(new Set(all.map(({ address }) => placeOf(address)))));
    };

    if (placeOf(host) !== 'public') {
      resolve(host, options, callback);
      return;
    }
    resolveAll(host, (error, all) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const answer = (allowed: readonly LookupAddress[]) => {
        const [first] = allowed;
        if (first === undefined) callback(inside(host, all), []);
        else if (options.all === true) callback(null, [...allowed]);
        else callback(null, first.address, first.family);
      };
      const open = all.filter(({ address }) => placeOf(address) === 'public');
      const platform = home();
      if (open.length > 0 || platform === undefined) answer(open);
      else placesOf(platform, (places) => answer(all.filter(({ address }) => places.has(placeOf(address)))));
    });
  };

const inside = (host: string, all: readonly LookupAddress[]): Error =>
  Object.assign(new Error(`${host} leads to ${all[0]?.address ?? 'no address'}`), { code: leadsInside });

export const resolveService: LookupFunction = createServiceLookup(resolveName, () => platformHost());
