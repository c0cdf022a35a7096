import type { SocketFrame } from '../../../shared/model/exchange.ts';
import { useWords } from '../../words/use-words.ts';
import { timeOfDay } from './exchange-list.tsx';
import css from './frame-list.module.css';

/** Frames of a WebSocket as they passed, the last at the end; as text and nothing but text. */
export function FrameList({ frames }: { readonly frames: readonly SocketFrame[] }) {
  const words = useWords();
  const { inspector: texts } = words.texts;
  return (
    <section>
      <h3 className={css.title}>{texts.frames}</h3>
      <ol className={css.frames}>
        {frames.map((frame, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: frames have no name, and never change places
          <li key={index} className={css.frame} data-way={frame.way}>
            <span className={css.facts}>
              {frame.way === 'up' ? '↑' : '↓'} {timeOfDay(frame.at, words.language)} {frame.kind}{' '}
              {words.bytes(frame.bytes)}
            </span>
            <code className={css.text}>{frame.isCompressed ? `(${texts.compressed})` : frame.text}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
