import type { Mapping } from '../../../shared/model/container.ts';
import { mappingSchema } from '../../../shared/model/container.ts';
import type { Shape } from './schema-shape.ts';

/** How one side of the API spells a list of mappings. */
export interface PortsSpelling {
  readonly field: string;
  readonly name: string;
  readonly port: string;
  readonly portIsText: boolean;
  /** An unnamed mapping then carries an empty name instead of none. */
  readonly nameRequired: boolean;
  /** The field that tells a mapping's true address, where the schema has one. */
  readonly url?: string;
}

/** `ports` is the only trace of mappings in the public clients; the shape of its elements is a guess. */
export const assumedPorts: PortsSpelling = {
  field: 'ports',
  name: 'name',
  port: 'port',
  portIsText: false,
  nameRequired: false,
};

const fieldNames = ['ports', 'portMappings', 'customPorts'];
const nameNames = ['name', 'portName', 'subdomain'];
const urlNames = ['url', 'address', 'accessUrl', 'link'];
const portNames = ['port', 'portNumber', 'containerPort'];

/** The field of a type that holds mappings, and the name of its elements' type. */
export function findPortsField(shape: Shape): { readonly field: string; readonly type: string } | undefined {
  const field = fieldNames.find((name) => shape.has(name));
  const found = field === undefined ? undefined : shape.get(field);
  return field === undefined || found === undefined ? undefined : { field, type: found.type };
}

/** How the elements are spelt; `undefined` where no field of theirs can be a port. */
export function spell(field: string, element: Shape): PortsSpelling | undefined {
  const port = portNames.find((name) => element.has(name));
  const name = nameNames.find((candidate) => element.has(candidate));
  if (port === undefined || name === undefined) return undefined;
  const url = urlNames.find((candidate) => element.get(candidate)?.type === 'String');
  return {
    ...(url === undefined ? {} : { url }),
    field,
    name,
    port,
    portIsText: element.get(port)?.type === 'String',
    nameRequired: element.get(name)?.required ?? false,
  };
}

/** Reads mappings out of a job; `unknown` for anything that is no list of them. */
export function readPorts(
  job: Readonly<Record<string, unknown>>,
  spelling: PortsSpelling | undefined,
): readonly Mapping[] | 'unknown' {
  if (spelling === undefined || !Object.hasOwn(job, spelling.field)) return 'unknown';
  const list = job[spelling.field];
  if (list === null) return [];
  if (!Array.isArray(list)) return 'unknown';
  const mappings: Mapping[] = [];
  for (const element of list as readonly unknown[]) {
    if (typeof element !== 'object' || element === null) return 'unknown';
    const fields = element as Readonly<Record<string, unknown>>;
    const name = fields[spelling.name];
    const port = fields[spelling.port];
    const read = mappingSchema.safeParse({
      ...(typeof name === 'string' && name !== '' ? { name } : {}),
      port: typeof port === 'string' && /^[0-9]+$/.test(port) ? Number(port) : port,
    });
    if (!read.success) return 'unknown';
    mappings.push(read.data);
  }
  return mappings;
}

/** Mappings as part of an input, in this server's spelling. Pure. */
export function writePorts(
  mappings: readonly Mapping[],
  spelling: PortsSpelling,
): Readonly<Record<string, unknown>> {
  return {
    [spelling.field]: mappings.map((mapping) => ({
      ...(mapping.name !== undefined || spelling.nameRequired ? { [spelling.name]: mapping.name ?? '' } : {}),
      [spelling.port]: spelling.portIsText ? String(mapping.port) : mapping.port,
    })),
  };
}
