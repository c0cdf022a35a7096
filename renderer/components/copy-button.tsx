import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { IconButton } from './button.tsx';

/** How long it says that it copied, in ms. */
const saidMs = 1_600;

/** Copies a text whole, and says that it did. */
export function CopyButton({
  text,
  label,
  makeText,
}: {
  readonly text: string;
  readonly label: string;
  /** What is copied instead, where it takes a moment to know. */
  readonly makeText?: (() => Promise<string>) | undefined;
}) {
  const { texts } = useWords();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), saidMs);
    return () => window.clearTimeout(timer);
  }, [copied]);

  return (
    <>
      <IconButton
        label={label}
        onClick={() => {
          void (makeText === undefined ? Promise.resolve(text) : makeText())
            .then((made) => navigator.clipboard.writeText(made))
            .then(() => setCopied(true));
        }}
      >
        {copied ? <Check /> : <Copy />}
      </IconButton>
      <span className="unseen" role="status">
        {copied ? texts.copy.copied : ''}
      </span>
    </>
  );
}
