import type { BodyPreview } from '../../../shared/model/exchange.ts';
import { useWords } from '../../words/use-words.ts';
import css from './body-text.module.css';

/** The beginning of a body, as text and nothing but text. */
export function BodyText({ body }: { readonly body: BodyPreview }) {
  const { inspector: texts } = useWords().texts;
  if (body.text === '') return null;
  return (
    <figure className={css.body}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long body is scrolled by keyboard. */}
      <section className={css.box} tabIndex={0} aria-label={texts.body}>
        <pre className={css.text}>{body.text}</pre>
      </section>
      {body.truncated && <figcaption className={css.note}>{texts.truncated}</figcaption>}
    </figure>
  );
}
