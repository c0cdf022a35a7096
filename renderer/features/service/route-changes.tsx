import type { LocalDetails } from '../../../shared/model/local-options.ts';
import { Section } from '../../components/page.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './address-panel.module.css';

/** When requests began to go another way, and why; the last change first. */
export function RouteChanges({ details: { changes } }: { readonly details: LocalDetails }) {
  const words = useWords();
  const { service: texts, localAddress } = words.texts;
  if (changes.length === 0) return null;
  const time = new Intl.DateTimeFormat(words.language, { timeStyle: 'medium' });
  return (
    <Section title={localAddress.changes}>
      <ul className={css.changes}>
        {[...changes].reverse().map(({ at, route, reason }) => (
          <li key={at}>
            <time dateTime={new Date(at).toISOString()}>{time.format(at)}</time>
            <span className={route === undefined ? undefined : css[route]}>
              {route === undefined ? words.texts.services.noRoute : texts[route]}
            </span>
            <span>{texts.reason[reason]}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
