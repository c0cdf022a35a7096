import type { Mapping } from '../../../shared/model/container.ts';
import { mayName } from '../../../shared/network-place.ts';
import type { PortsSpelling } from './ports-shape.ts';
import type { WireJob } from './wire.ts';

type Address = { readonly port: number; readonly url: string };

/**
 * Addresses of mappings that the platform itself tells: in the elements of `ports`, or in a link that is named like
 * the mapping or its port. What links of mappings are called is on no record, so both are tried and neither is needed.
 * A link of the job itself (`frontend`, `open`, `stop`, `ssh`) may be named like a mapping: only one whose address has
 * the form of a mapping's counts. `origin` is the platform's own: it is not believed about places where it is not.
 */
export function readAddresses(
  job: WireJob,
  mappings: readonly Mapping[] | 'unknown',
  spelling: PortsSpelling | undefined,
  origin: string,
): readonly Address[] {
  if (mappings === 'unknown') return [];
  return mappings.flatMap((mapping) => {
    const url = inElement(job, mapping, spelling) ?? inLinks(job, mapping);
    return url === undefined || !isBelievable(url, origin) ? [] : [{ port: mapping.port, url }];
  });
}

function inElement(job: WireJob, { port }: Mapping, spelling: PortsSpelling | undefined): string | undefined {
  if (spelling?.url === undefined) return undefined;
  const list: unknown = job[spelling.field];
  if (!Array.isArray(list)) return undefined;
  for (const element of list as readonly unknown[]) {
    if (typeof element !== 'object' || element === null) continue;
    const fields = element as Readonly<Record<string, unknown>>;
    if (Number(fields[spelling.port]) === port) return readWebAddress(fields[spelling.url]);
  }
  return undefined;
}

function inLinks(job: WireJob, mapping: Mapping): string | undefined {
  const names = [mapping.name?.toLowerCase(), String(mapping.port), `port-${mapping.port}`];
  const ends = [mapping.name ?? '', `${job.id}-${mapping.port}`]
    .filter((end) => end !== '')
    .map((end) => `-${end.toLowerCase()}`);
  for (const { name, value } of job.links ?? []) {
    if (!names.includes(name.toLowerCase())) continue;
    const address = readWebAddress(value);
    if (address === undefined) continue;
    const { hostname, pathname } = new URL(address);
    const label = hostname.split('.')[0] ?? '';
    if (pathname === '/' && ends.some((end) => label.endsWith(end))) return address;
  }
  return undefined;
}

const isBelievable = (url: string, origin: string): boolean =>
  mayName(new URL(origin).hostname, new URL(url).hostname);

/** It will be opened and asked: only a plain web address passes, without login and without a trailing slash. */
function readWebAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 2000 || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  return url.origin + url.pathname.replace(/\/+$/, '');
}
