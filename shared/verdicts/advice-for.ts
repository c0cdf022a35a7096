import type { FindingCode, Service } from '../model/service.ts';
import { fixFor, fixPurposeOf } from './fixes.ts';

/** Where a service comes from: it was started from here, and can be started with other values, or somebody else did. */
export interface StartedFromHere {
  readonly id: string;
  /** Its form has a field for the address that it listens on. */
  readonly takesHost: boolean;
  /** Its form has a field for a key or a token. */
  readonly takesKey: boolean;
}

/** What is said of a finding beside its cause, and the one thing that we can do ourselves. */
export interface FindingAdvice {
  /** What to do; each has a sentence in the catalogues (`advice`). */
  readonly say?:
    | 'start_it_on_all'
    | 'start_it_with_key'
    | 'start_like_this'
    | 'start_with_option'
    | 'close_like_this'
    | 'no_login'
    | 'reserved';
  /** The line for this very program, where its project documents one. */
  readonly line?: string;
  readonly deed?: 'start_on_all' | 'start_with_key' | 'remove_mapping';
}

type About = Pick<Service, 'kindName' | 'listens' | 'port' | 'exposure'>;

/**
 * From what the service is and who started it: never options of another program, and a button where we hold the command
 * or the mapping. Pure; the table in its test has a row for each case.
 */
export function adviceFor(
  code: FindingCode,
  service: About,
  launch: StartedFromHere | undefined,
): FindingAdvice {
  const { exposure } = service;
  if (code === 'tunnel_only') return exposure.kind === 'reserved' ? { say: 'reserved' } : {};
  if (!fixable.has(code)) return {};
  const { program, line } = fixFor(
    {
      ...(service.kindName === undefined ? {} : { kindName: service.kindName }),
      ...(service.listens?.process === undefined ? {} : { process: service.listens.process }),
      port: service.port,
      ...('url' in exposure ? { url: exposure.url } : {}),
    },
    fixPurposeOf(code),
  );
  if (code === 'open_to_anyone') {
    if (launch?.takesKey === true) return { say: 'start_it_with_key', deed: 'start_with_key' };
    const close = exposure.kind === 'mapped' ? ({ deed: 'remove_mapping' } as const) : {};
    return line === '' ? { say: 'no_login', ...close } : { say: 'close_like_this', line, ...close };
  }
  if (binds.has(code) && launch?.takesHost === true) return { say: 'start_it_on_all', deed: 'start_on_all' };
  return { say: program === '' ? 'start_with_option' : 'start_like_this', line };
}

/** It listens where one of the two routes does not reach it. */
const binds: ReadonlySet<FindingCode> = new Set(['bound_to_loopback', 'listens_elsewhere']);
const fixable: ReadonlySet<FindingCode> = new Set([
  'bound_to_loopback',
  'listens_elsewhere',
  'host_check',
  'insecure_assets',
  'open_to_anyone',
]);
