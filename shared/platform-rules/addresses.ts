import type { Container, Mapping } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';
import { readPort } from './ports.ts';

/**
 * The origin at which the platform exposes a mapping, without a path: `https://{user}-{name}.{domain}`, or
 * `https://{user}-{jobid}-{port}.{domain}` for one without a name. Lower case, because host names have none
 * (RFC 4343) and browsers write them so.
 */
export function publicAddress(
  instance: Instance,
  user: string,
  containerId: string,
  mapping: Mapping,
): string {
  const { scheme, domain, port } = instance.edge;
  const label =
    mapping.name === undefined ? `${user}-${containerId}-${mapping.port}` : `${user}-${mapping.name}`;
  const host = `${label}.${domain}`.toLowerCase();
  return `${scheme}://${host}${port === undefined ? '' : `:${port}`}`;
}

/** What a form shows beside a mapping. */
interface AddressPreview {
  readonly url: string;
  /** `platform`: told by the platform itself. `computed`: built by its rule. */
  readonly from: 'platform' | 'computed';
  /** Without a name the address holds the job id: another container has another address. */
  readonly changesWithContainer: boolean;
}

/** The address of a mapping: the true one from the platform wins over the computed one. */
export function mappingAddress(
  instance: Instance,
  owner: string,
  container: { readonly id: string; readonly addresses?: Container['addresses'] },
  mapping: Mapping,
): AddressPreview {
  const told = container.addresses?.find(({ port }) => port === mapping.port)?.url;
  return {
    url: told ?? publicAddress(instance, owner, container.id, mapping),
    from: told === undefined ? 'computed' : 'platform',
    changesWithContainer: mapping.name === undefined,
  };
}

/** `legacy`: `{user}-{jobid}`, which older documents of the platform show. */
export type AddressForm = 'named' | 'unnamed' | 'legacy';

interface KnownAddresses {
  readonly instance: Instance;
  readonly user: string;
  readonly containers: readonly {
    readonly id: string;
    readonly mappings: readonly Mapping[];
    /** True addresses from the platform, which may look like nothing that could be computed. */
    readonly addresses?: Container['addresses'];
  }[];
}

export interface PastedAddress {
  readonly containerId: string;
  readonly form: AddressForm;
  readonly port: number;
  /** Absent where no mapping that is known has this address. */
  readonly mapping?: Mapping;
}

/** The legacy form reaches the server on 8080 (the platform's own vLLM tutorial). */
const legacyPort = 8080;

/**
 * Finds the service that a pasted address belongs to. Only compares with addresses built forward: a user name
 * may hold hyphens, so a host name cannot be split. `undefined` for what is no address or is unknown.
 */
export function matchPastedAddress(pasted: string, known: KnownAddresses): PastedAddress | undefined {
  const host = readHost(pasted);
  if (host !== undefined) {
    for (const { id, mappings, addresses } of known.containers) {
      const told = addresses?.find(({ url }) => readHost(url)?.name === host.name);
      if (told === undefined) continue;
      const mapping = mappings.find(({ port }) => port === told.port);
      return {
        containerId: id,
        form: mapping?.name === undefined ? 'unnamed' : 'named',
        port: told.port,
        ...(mapping === undefined ? {} : { mapping }),
      };
    }
  }
  if (host === undefined || !samePort(host.port, known.instance)) return undefined;
  const addressHost = (containerId: string, mapping: Mapping) =>
    readHost(publicAddress(known.instance, known.user, containerId, mapping))?.name;

  for (const { id, mappings } of known.containers) {
    const mapping = mappings.find((candidate) => addressHost(id, candidate) === host.name);
    if (mapping !== undefined) {
      const form = mapping.name === undefined ? 'unnamed' : 'named';
      return { containerId: id, form, port: mapping.port, mapping };
    }
  }
  for (const { id } of known.containers) {
    const bare = `${known.user}-${id}`.toLowerCase();
    const suffix = `.${known.instance.edge.domain.toLowerCase()}`;
    if (host.name === `${bare}${suffix}`) return { containerId: id, form: 'legacy', port: legacyPort };
    if (!host.name.startsWith(`${bare}-`) || !host.name.endsWith(suffix)) continue;
    const port = readPort(host.name.slice(bare.length + 1, -suffix.length));
    if (port !== undefined) return { containerId: id, form: 'unnamed', port };
  }
  return undefined;
}

/** Scheme optional, path ignored, no user part: `{ name: 'demo-web.gear.example', port: undefined }`. */
function readHost(text: string): { readonly name: string; readonly port: number | undefined } | undefined {
  const found = /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/)?([^\s/?#:@\\]{1,300})(?::([0-9]{1,5}))?(?:[/?#]|$)/i.exec(
    text.trim(),
  );
  if (found?.[1] === undefined) return undefined;
  const port = found[2] === undefined ? undefined : readPort(found[2]);
  if (found[2] !== undefined && port === undefined) return undefined;
  return { name: found[1].toLowerCase().replace(/\.$/, ''), port };
}

function samePort(port: number | undefined, instance: Instance): boolean {
  const own = instance.edge.scheme === 'https' ? 443 : 80;
  return (port ?? own) === (instance.edge.port ?? own);
}
