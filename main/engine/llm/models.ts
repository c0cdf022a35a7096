import { fail, ok } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import type { PublishedState } from '../base/published-state.ts';
import type { LocalAddresses } from '../local-addresses/index.ts';
import type { BundledProxy } from '../proxy/index.ts';
import type { Board } from '../services/index.ts';
import type { WantedTunnels } from '../ssh/index.ts';
import { createLlm, type Llm } from './llm.ts';

/** Language models, asked over the route that a person chose. */
export function createModels(use: {
  readonly clock: Clock;
  readonly published: Pick<PublishedState, 'set' | 'replace'>;
  readonly board: Pick<Board, 'ofKnown'>;
  readonly wanted: Pick<WantedTunnels, 'open'>;
  readonly local: Pick<LocalAddresses, 'credential'>;
  readonly proxy: Pick<BundledProxy, 'url'>;
}): Llm {
  const { published, board, wanted, local, proxy } = use;
  return createLlm({
    clock: use.clock,
    onChats: (chats) => published.replace('chats', chats),
    onSpeed: (state) => published.set('speed', state),
    targetOf: async (id, route, signal) =>
      board.ofKnown(id, async (entry) => {
        const key = local.credential(id);
        if (route === 'public')
          return entry.public === undefined ? fail('address_absent') : ok({ ...entry.public, key });
        if (route === 'local') {
          const url = proxy.url(entry.service.name);
          return url === undefined ? fail('address_absent') : ok({ url, key });
        }
        const opened =
          entry.tunnel === undefined ? await wanted.open(id, undefined, signal) : ok(entry.tunnel);
        return opened.ok ? ok({ url: `http://${opened.value.host}:${opened.value.port}`, key }) : opened;
      }),
  });
}
