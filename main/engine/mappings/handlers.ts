import { ok } from '../../../shared/result.ts';
import type { SessionControl } from '../account/index.ts';
import type { Bin } from '../base/bin.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { Containers } from '../containers/index.ts';
import { findAddress } from './find-address.ts';
import type { Mappings } from './mappings.ts';
import type { Templates } from './templates.ts';

/** What may be asked of mappings, and of sets of them. */
export function createMappingHandlers(use: {
  readonly mappings: Mappings;
  readonly templates: Templates;
  readonly containers: Pick<Containers, 'list'>;
  readonly session: Pick<SessionControl, 'account'>;
  readonly bin: Bin;
}): HandlersOf<'mappings' | 'templates'> {
  const { mappings, templates, bin } = use;
  return {
    'mappings.add': (typed) => mappings.add(typed),
    'mappings.remove': (wanted) => bin.keep(mappings.remove(wanted)),
    'mappings.discard': (which) => bin.keep(mappings.discard(which)),
    'mappings.change': (typed) => mappings.change(typed),
    'mappings.copy': (wanted) => mappings.copy(wanted),
    'mappings.move': (wanted) => mappings.move(wanted),
    'mappings.note': (typed) => mappings.note(typed),
    'mappings.forgetNote': (which) => bin.keep(mappings.forgetNote(which)),
    'mappings.applyTemplate'({ containerId, templateId }) {
      const template = templates.get(templateId);
      return template.ok ? mappings.apply({ containerId, mappings: template.value.mappings }) : template;
    },
    'mappings.find': ({ address }) => findAddress(address, use.session.account(), use.containers.list()),
    'templates.save': (template) => templates.save(template),
    'templates.remove': ({ templateId }) => bin.keep(ok(templates.remove(templateId))),
  };
}
