import type { Service } from '../../../shared/model/service.ts';
import type { ServiceHint } from '../../../shared/model/service-hint.ts';
import { Notice } from '../../components/notice.tsx';
import { useWords } from '../../words/use-words.ts';

const tones: Readonly<Record<ServiceHint['code'], 'info' | 'warn'>> = {
  gradio_port_slipped: 'warn',
  root_is_http: 'warn',
  model_loading: 'info',
  no_login: 'warn',
};

/** What a person should know of a service beyond whether it answers. */
export function Hints({ service }: { readonly service: Service }) {
  const words = useWords();
  const isSaid = service.findings.some(({ code }) => code === 'open_to_anyone');
  // The finding says the same of the address.
  const hints = (service.hints ?? []).filter(({ code }) => code !== 'no_login' || !isSaid);
  return hints.map((hint) => (
    <Notice key={hint.code} tone={tones[hint.code]}>
      {words.say(words.texts.hint[hint.code], valuesOf(hint))}
    </Notice>
  ));
}

function valuesOf(hint: ServiceHint): Readonly<Record<string, string | number>> {
  if (hint.code === 'gradio_port_slipped') return { port: hint.port };
  return hint.code === 'root_is_http' ? { root: hint.root } : {};
}
