import type { ReactNode } from 'react';
import css from './address.module.css';
import { CopyButton } from './copy-button.tsx';
import { dragOut } from './drag-out.ts';
import { QrButton } from './qr-button.tsx';

/** An address or a command: never broken in the middle, always copied whole. */
export function Address({
  text,
  copyLabel,
  makeText,
  large = false,
  qr = false,
  qrNote,
}: {
  readonly text: string;
  readonly copyLabel: string;
  /** What is copied instead, where it takes a moment to know. */
  readonly makeText?: () => Promise<string>;
  readonly large?: boolean;
  /** Others may want to open it on a phone. */
  readonly qr?: boolean;
  /** Stands with the picture. */
  readonly qrNote?: ReactNode;
}) {
  return (
    <span className={css.address}>
      <code className={large ? css.large : css.text} data-hint={text} data-hint-if-cut="" {...dragOut(text)}>
        {text}
      </code>
      <CopyButton text={text} label={copyLabel} makeText={makeText} />
      {qr && <QrButton address={text} note={qrNote} />}
    </span>
  );
}
