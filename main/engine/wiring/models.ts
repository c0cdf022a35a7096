import { fail, ok } from '../../../shared/result.ts';
import { createLlm, type Llm } from '../llm/index.ts';
import type { Board } from '../services/index.ts';
import type { WantedTunnels } from '../ssh/index.ts';
import type { Ground } from './ground.ts';
import type { LocalSide } from './local-side.ts';

/** Language models, asked over the route that a person chose. */
export function createModels(
  { options: { clock }, published }: Ground,
  use: { readonly board: () => Board; readonly wanted: WantedTunnels; readonly localSide: LocalSide },
): Llm {
  const { local, proxy } = use.localSide;
  const llm: Llm = createLlm({
    clock,
    onChats: () => published.replace('chats', llm.chats()),
    onSpeed: (state) => published.set('speed', state),
    async targetOf(id, route, signal) {
      const entry = use.board().get(id);
      if (entry === undefined) return fail('service_not_found');
      const key = local.credential(id);
      if (route === 'public')
        return entry.public === undefined ? fail('address_absent') : ok({ ...entry.public, key });
      if (route === 'local') {
        const url = proxy.url(entry.service.name);
        return url === undefined ? fail('address_absent') : ok({ url, key });
      }
      const opened =
        entry.tunnel === undefined ? await use.wanted.open(id, undefined, signal) : ok(entry.tunnel);
      return opened.ok ? ok({ url: `http://${opened.value.host}:${opened.value.port}`, key }) : opened;
    },
  });
  return llm;
}
