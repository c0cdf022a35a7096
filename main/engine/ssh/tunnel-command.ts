import { quoteToPaste } from '../../../shared/quoting/index.ts';
import type { SshEndpoint, TunnelOptions } from './types.ts';

/** The same forward for a terminal. Hosts come from elsewhere: quoted, so that a shell reads them as data. */
export function tunnelCommand(endpoint: SshEndpoint, options: TunnelOptions, localPort?: number): string {
  const jump = endpoint.jump === undefined ? [] : ['-J', quoteToPaste(endpoint.jump)];
  const target = quoteToPaste(`${endpoint.user}@${endpoint.host}`);
  return ['ssh -N', ...forwardWords(options, localPort), ...jump, '-p', endpoint.port, target].join(' ');
}

/** `-L`, `-R` or `-D` with what follows, as OpenSSH takes it; IPv6 addresses in brackets. */
function forwardWords(options: TunnelOptions, localPort = options.localPort ?? 0): readonly string[] {
  const { direction = 'local', bind = '127.0.0.1', targetHost = '127.0.0.1', targetPort } = options;
  const here = `${bracketed(bind)}:${localPort}`;
  if (direction === 'dynamic') return ['-D', quoteToPaste(here)];
  const target = targetHost.startsWith('/') ? targetHost : `${bracketed(targetHost)}:${targetPort}`;
  return [direction === 'remote' ? '-R' : '-L', quoteToPaste(`${here}:${target}`)];
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
