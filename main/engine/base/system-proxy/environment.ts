import { BlockList, isIP } from 'node:net';
import { type Route, readProxyServer } from './proxy-server.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the environment says of an address, by the rules of curl(1): `https_proxy` or `http_proxy`, else `all_proxy`, in
 * small letters first; `no_proxy` names what is reached straight. `undefined` where it says nothing.
 */
export function routeByEnvironment(environment: Environment, url: URL): Route | undefined {
  const read = (name: string) => environment[name] || environment[name.toUpperCase()] || undefined;
  const named = read(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? read('all_proxy');
  const server = named === undefined ? undefined : readProxyServer(named);
  if (server === undefined) return undefined;
  return isExempt(url, read('no_proxy') ?? '') ? 'direct' : server;
}

/** A name covers those under it, with or without a dot before it; an address stands for itself, a network for its own. */
function isExempt(url: URL, list: string): boolean {
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .slice(0, 20_000)
    .split(/[\s,]+/)
    .some((entry) => entry !== '' && covers(entry.toLowerCase(), host, port));
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, named = '', ofPort] =
    /^(\[[^\]]*\]|[^:]*|[0-9a-f:]*:[0-9a-f:]*:[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  if (named === '' || (ofPort !== undefined && ofPort !== port)) return false;
  const place = named.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return coversAddress(place, host);
  const suffix = place.replace(/^\*?\.?/, '').replace(/\.$/, '');
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
}

function coversAddress(place: string, address: string): boolean {
  const [network = '', bits] = place.split('/');
  const family = isIP(network);
  if (family === 0 || family !== isIP(address)) return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  if (bits === undefined) list.addAddress(network, type);
  else if (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
    list.addSubnet(network, Number(bits), type);
  return list.check(address, type);
}
