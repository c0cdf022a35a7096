import { QrCode } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { encode } from 'uqr';
import { useWords } from '../words/use-words.ts';
import { IconButton } from './button.tsx';
import { Dialog } from './dialog.tsx';
import css from './qr-button.module.css';

/** An address as a picture for a phone's camera. */
export function QrButton({
  address,
  note,
}: {
  readonly address: string;
  /** What whoever shows the picture around should know. */
  readonly note?: ReactNode;
}) {
  const { texts } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <IconButton label={texts.copy.qr} onClick={() => setIsOpen(true)}>
        <QrCode />
      </IconButton>
      <Dialog open={isOpen} title={texts.copy.qr} text={address} onClose={() => setIsOpen(false)}>
        {note}
        <Picture address={address} />
      </Dialog>
    </>
  );
}

/** Dark on light in both themes: not every camera reads the other way round. */
function Picture({ address }: { readonly address: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: side } = encode(address, { border: 2 });
    const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: side, path: squares.join('') };
  }, [address]);
  return (
    <svg className={css.picture} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={address}>
      <path d={path} />
    </svg>
  );
}
