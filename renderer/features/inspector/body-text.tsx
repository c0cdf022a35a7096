import type { BodyPreview } from '../../../shared/model/exchange.ts';
import { TextBox } from '../../components/text-box.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './body-text.module.css';

/** The beginning of a body, as text and nothing but text. */
export function BodyText({ body }: { readonly body: BodyPreview }) {
  const { inspector: texts } = useWords().texts;
  if (body.text === '') return null;
  return (
    <figure className={css.body}>
      <TextBox label={texts.body} text={body.text} />
      {body.encoding === 'base64' && <figcaption className={css.note}>{texts.binary}</figcaption>}
      {body.truncated && <figcaption className={css.note}>{texts.truncated}</figcaption>}
    </figure>
  );
}
