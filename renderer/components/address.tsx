import css from './address.module.css';
import { CopyButton } from './copy-button.tsx';

/** An address or a command: never broken in the middle, always copied whole. */
export function Address({
  text,
  copyLabel,
  large = false,
}: {
  readonly text: string;
  readonly copyLabel: string;
  readonly large?: boolean;
}) {
  return (
    <span className={css.address}>
      <code className={large ? css.large : css.text} title={text}>
        {text}
      </code>
      <CopyButton text={text} label={copyLabel} />
    </span>
  );
}
