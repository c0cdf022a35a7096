import type { Instance } from '../../../shared/model/instance.ts';
import type { Diagnostics } from '../../../shared/model/session.ts';
import type { ApiShape } from './api-shape.ts';
import type { Gateway } from './gateway.ts';

const shapeWords: Readonly<Record<Diagnostics['shape'], string>> = {
  schema: 'told by the server',
  assumed: 'not told, the likely one is assumed',
  reduced: 'not told, and the likely one was refused: only what every client asks',
  unknown: 'not asked yet',
};

/** Puts what was found into words for a report. Holds no token, no user, no name of a container. */
export function diagnose(
  instance: Instance,
  shape: ApiShape | undefined,
  gateway: Pick<Gateway, 'skewMs' | 'failures'>,
): Diagnostics {
  const { scheme, domain, port } = instance.edge;
  const skewMs = gateway.skewMs();
  const found: Omit<Diagnostics, 'text'> = {
    instance: instance.kind,
    origin: instance.origin,
    shape: shape?.from ?? 'unknown',
    mappings: shape?.found.mappings ?? { read: 'assumed', write: 'assumed' },
    jobFields: shape?.found.jobFields ?? [],
    ...(skewMs === 0 ? {} : { clockSkewMs: skewMs }),
    failures: gateway.failures(),
  };
  const lines = [
    `instance: ${found.instance} ${found.origin}`,
    `addresses: ${scheme}://*.${domain}${port === undefined ? '' : `:${port}`}`,
    `schema: ${shapeWords[found.shape]}`,
    `mappings: read ${found.mappings.read}, write ${found.mappings.write}`,
    `real name: ${shape?.realNameField ?? 'no field known'}`,
    `job fields: ${found.jobFields.join(', ') || 'only the promised ones'}`,
    `clock: ${skewMs === 0 ? 'agrees' : `server ahead by ${Math.round(skewMs / 60_000)} min`}`,
    `failures: ${found.failures.length === 0 ? 'none' : ''}`.trim(),
    ...found.failures.map(
      ({ at, operation, code }) => `  ${new Date(at).toISOString()} ${operation} ${code}`,
    ),
  ];
  return { ...found, text: lines.join('\n') };
}
