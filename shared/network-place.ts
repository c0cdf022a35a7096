/** Where a host is, as far as its name or address tells without asking anybody. */
export type NetworkPlace = 'public' | 'private' | 'link-local' | 'loopback';

/**
 * Reads a host as a URL writes it (`127.0.0.1`, `[fe80::1]`, `web.example`). Addresses by the registries of special
 * purposes (RFC 6890), also inside of IPv6 (mapped, NAT64, 6to4); names by RFC 6761, 6762, 8375 and 9476. Whatever is
 * no plain host counts as loopback, which is trusted least. Pure.
 */
export function placeOf(host: string): NetworkPlace {
  const name = host.toLowerCase().replace(/\.$/, '');
  const v6 = name.startsWith('[') ? name.slice(1, -1) : name.includes(':') ? name : undefined;
  if (v6 !== undefined) return placeOfV6(v6.split('%')[0] ?? '');
  const v4 = readV4(name);
  if (v4 !== undefined) return placeOfV4(v4);
  // A number in another spelling that was not made plain: the system may read an address in it.
  if (name === '' || /(?:^|\.)(?:0x[0-9a-f]*|[0-9]+)$/.test(name)) return 'loopback';
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (last === 'localhost' || last === 'localdomain') return 'loopback';
  if (!name.includes('.') || privateEnds.some((end) => name.endsWith(end))) return 'private';
  return 'public';
}

/**
 * May somebody at `from` name `host` as an address to go to? Public ones always; any other only where the one who names
 * it is there too. Both as a URL writes them. Pure.
 */
export const mayName = (from: string, host: string): boolean => {
  const place = placeOf(host);
  return place === 'public' || place === placeOf(from);
};

const privateEnds = ['.local', '.internal', '.lan', '.home', '.corp', '.intranet', '.private', '.home.arpa'];

/** Four plain numbers; `undefined` for anything else. */
function readV4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(?:0|[1-9][0-9]{0,2})$/.test(part))) return undefined;
  const numbers = parts.map(Number);
  return numbers.some((number) => number > 255) ? undefined : numbers;
}

function placeOfV4([a = 0, b = 0, c = 0]: readonly number[]): NetworkPlace {
  if (a === 127 || a === 0) return 'loopback';
  if (a === 169 && b === 254) return 'link-local';
  if (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168)) return 'private';
  // Shared by a carrier's customers, benchmarks, protocol assignments, multicast and reserved.
  if ((a === 100 && b >= 64 && b < 128) || (a === 198 && (b === 18 || b === 19))) return 'private';
  return (a === 192 && b === 0 && c === 0) || a >= 224 ? 'private' : 'public';
}

function placeOfV6(text: string): NetworkPlace {
  const groups = readV6(text);
  if (groups === undefined) return 'loopback';
  const [first = 0, second = 0] = groups;
  const last = (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0);
  const inner = (value: number) => placeOfV4([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255]);
  const leading = groups.findIndex((group) => group !== 0);
  if (leading === -1 || (leading === 7 && last === 1)) return 'loopback';
  if ((leading === 5 && groups[5] === 0xffff) || leading >= 6) return inner(last);
  if (leading === 4 && groups[4] === 0xffff) return inner(last);
  if (first === 0x64 && second === 0xff9b) return inner(last);
  if (first === 0x2002) return inner(second * 65_536 + (groups[2] ?? 0));
  if ((first & 0xffc0) === 0xfe80) return 'link-local';
  return (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfec0 || first >= 0xff00 ? 'private' : 'public';
}

/** Eight groups; `undefined` for what is no address. */
function readV6(text: string): readonly number[] | undefined {
  if (text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const read = (half: string | undefined): readonly number[] | undefined => {
    if (half === undefined || half === '') return [];
    const groups: number[] = [];
    for (const part of half.split(':')) {
      const v4 = readV4(part);
      if (v4 !== undefined) groups.push(part4(v4, 0), part4(v4, 2));
      else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
      else return undefined;
    }
    return groups;
  };
  const [head, tail] = [read(halves[0]), read(halves[1])];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<number>(Math.max(0, missing)).fill(0), ...tail];
}

const part4 = (v4: readonly number[], at: number): number => (v4[at] ?? 0) * 256 + (v4[at + 1] ?? 0);
