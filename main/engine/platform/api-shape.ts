import type { Mapping } from '../../../shared/model/container.ts';
import type { Diagnostics } from '../../../shared/model/session.ts';
import { assumedBindings } from './bindings-selection.ts';
import { assumedPorts, type PortsSpelling, readPorts, writePorts } from './ports-shape.ts';
import { readAddresses } from './true-address.ts';
import type { WireJob } from './wire.ts';

/** What this server's API offers of what the public documents do not promise. */
export interface ApiShape {
  /** `schema`: the server told; `assumed`: it refused to; `reduced`: it knows less than was assumed. */
  readonly from: 'schema' | 'assumed' | 'reduced';
  /** Fields to ask of a job beside those that are promised; may be empty. */
  readonly jobFields: string;
  /** Their names. */
  readonly optional: readonly string[];
  /** May a list of projects be asked for the whole latest job of each? */
  readonly latestJob: boolean;
  /** The field of the user that tells whether the real name was verified. */
  readonly realNameField?: string;
  readMappings(job: Readonly<Record<string, unknown>>): readonly Mapping[] | 'unknown';
  /** True addresses of mappings, where the platform tells them. */
  readAddresses(
    job: WireJob,
    mappings: readonly Mapping[] | 'unknown',
    /** The platform's own. */
    origin: string,
  ): readonly { readonly port: number; readonly url: string }[];
  /** When the plan ends the run, as the platform writes it. */
  readEnd(job: Readonly<Record<string, unknown>>): unknown;
  /** Part of the input of a mutation; empty where the platform has no place for it. */
  writeMappings(
    input: 'RestartWorkspaceInput' | 'CreateJobInput',
    mappings: readonly Mapping[] | 'unknown',
  ): Readonly<Record<string, unknown>>;
  readonly found: Pick<Diagnostics, 'mappings' | 'jobFields'>;
}

/** Fields of a job that were seen in the wild or exist on some types only. */
export const optionalFields = ['subStatus', 'startedAt', 'password', 'size'];
/** Fields that only some kinds of job have, as the platform's own command asks for them. */
const taskFields = ['Task', 'BatchTask'].map((type) => `... on ${type} { command sourceCode { id } }`);

/** A shape from what was found, or is assumed, of the schema. */
export function shapeOf(parts: {
  readonly from: ApiShape['from'];
  readonly fields: readonly string[];
  readonly endField?: string | undefined;
  readonly latestJob: boolean;
  readonly realNameField?: string | undefined;
  readonly read: PortsSpelling | undefined;
  readonly onRestart: PortsSpelling | undefined;
  readonly onCreate: PortsSpelling | undefined;
}): ApiShape {
  const { read, endField, from } = parts;
  const ports = read === undefined ? [] : [`${read.field} { ${read.name} ${read.port} ${read.url ?? ''} }`];
  const certain = from === 'schema' ? 'yes' : 'assumed';
  return {
    from,
    jobFields: [...parts.fields, ...ports].join(' '),
    optional: [...parts.fields, ...ports]
      .map((field) => /\w+/.exec(field)?.[0] ?? '')
      .concat('command', 'sourceCode'),
    latestJob: parts.latestJob,
    realNameField: parts.realNameField,
    readMappings: (job) => readPorts(job, read),
    readAddresses: (job, mappings, origin) => readAddresses(job, mappings, read, origin),
    readEnd: (job) => (endField === undefined ? undefined : job[endField]),
    writeMappings(input, mappings) {
      const spelling = input === 'CreateJobInput' ? parts.onCreate : parts.onRestart;
      return mappings === 'unknown' || spelling === undefined ? {} : writePorts(mappings, spelling);
    },
    found: {
      mappings: {
        read: read === undefined ? 'no' : certain,
        write: parts.onRestart === undefined ? 'no' : certain,
      },
      jobFields: [...parts.fields, ...ports],
    },
  };
}

/** The same server, once it has refused mappings in an order. */
export const withoutWrites = (shape: ApiShape): ApiShape => ({
  ...shape,
  writeMappings: () => ({}),
  found: { ...shape.found, mappings: { ...shape.found.mappings, write: 'no' } },
});

export const assumedShape = shapeOf({
  from: 'assumed',
  fields: [...optionalFields, assumedBindings, ...taskFields],
  latestJob: true,
  read: assumedPorts,
  onRestart: assumedPorts,
  onCreate: assumedPorts,
});

/** Without what only third parties have seen. */
export const reducedShape = shapeOf({
  from: 'reduced',
  fields: ['subStatus', 'size', assumedBindings, ...taskFields],
  latestJob: true,
  read: undefined,
  onRestart: assumedPorts,
  onCreate: assumedPorts,
});

/** Only what every client of the platform asks for. */
export const bareShape = shapeOf({
  from: 'reduced',
  fields: [],
  latestJob: false,
  read: undefined,
  onRestart: assumedPorts,
  onCreate: assumedPorts,
});
