import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ReachableService } from './board.ts';

/**
 * The address to open: `best` is the stable local address while a route behind it works, else the public one, else the
 * tunnel's. `address_absent` where there is none, as for raw TCP, which no browser opens.
 */
export function chooseAddress(
  entry: ReachableService,
  which: 'best' | 'public' | 'tunnel' | 'local',
): Result<{ readonly url: string }> {
  const { service } = entry;
  if (service.protocol === 'tcp') return fail('address_absent');
  const tunnel = entry.tunnel === undefined ? undefined : `http://${entry.tunnel.host}:${entry.tunnel.port}`;
  const local = service.local?.url;
  const urls = {
    public: entry.public?.url,
    tunnel,
    local,
    best: (service.local?.route === undefined ? undefined : local) ?? entry.public?.url ?? tunnel,
  };
  const url = urls[which];
  return url === undefined ? fail('address_absent') : ok({ url });
}
