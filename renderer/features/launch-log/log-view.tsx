import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type Ref, useCallback, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { LogBlock, LogBuffer } from './log-buffer.ts';
import css from './log-view.module.css';
import { shownLine } from './shown-line.ts';

/** As in the style sheet: each line is one row, whatever its length. */
const lineHeight = 18;
/** Closer to an end than this, more is read, in px. */
const nearPx = 2_000;

export interface LogViewHandle {
  showLine(index: number): void;
}

/** Lines of a log, drawn only where they are seen. */
export function LogView({
  buffer,
  label,
  follows,
  marked,
  onFollow,
  onNearStart,
  onNearEnd,
  ref,
}: {
  readonly buffer: LogBuffer;
  readonly label: string;
  readonly follows: boolean;
  /** A line that was looked for. */
  readonly marked: number | undefined;
  readonly onFollow: (follows: boolean) => void;
  readonly onNearStart: () => void;
  readonly onNearEnd: () => void;
  readonly ref?: Ref<LogViewHandle>;
}) {
  const box = useRef<HTMLElement>(null);
  const { blocks } = buffer;
  // A new function for new blocks: the sizes are taken anew although their number may be the same.
  const keyOf = useCallback((index: number) => blocks[index]?.key ?? index, [blocks]);
  const virtual = useVirtualizer({
    count: blocks.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (blocks[index]?.lines ?? 0) * lineHeight,
    getItemKey: keyOf,
    overscan: 1,
  });

  const before = useRef(buffer);
  const lastTop = useRef(0);
  useLayoutEffect(() => {
    const element = box.current;
    const old = before.current;
    before.current = buffer;
    if (element === null) return;
    if (follows) element.scrollTop = element.scrollHeight;
    else {
      const shift = shiftOf(old, buffer);
      if (shift !== 0) element.scrollTop += shift * lineHeight;
    }
    lastTop.current = element.scrollTop;
  }, [buffer, follows]);

  useImperativeHandle(ref, () => ({
    showLine(index) {
      const element = box.current;
      if (element === null) return;
      element.scrollTop = Math.max(0, index * lineHeight - element.clientHeight / 2);
    },
  }));

  function onScroll(element: HTMLElement) {
    const { scrollTop, scrollHeight, clientHeight } = element;
    const below = scrollHeight - clientHeight - scrollTop;
    const isUp = scrollTop < lastTop.current;
    lastTop.current = scrollTop;
    // Only a person scrolls up; the end moves away by itself.
    if (isUp && follows && below > lineHeight) onFollow(false);
    if (scrollTop < nearPx) onNearStart();
    if (below < nearPx && !follows) onNearEnd();
  }

  return (
    <section
      ref={box}
      className={css.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a log is scrolled by keyboard.
      tabIndex={0}
      aria-label={label}
      onScroll={(event) => onScroll(event.currentTarget)}
    >
      <div className={css.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const block = blocks[index];
          const first = start / lineHeight;
          if (block === undefined) return null;
          const isIn = marked !== undefined && marked >= first && marked < first + block.lines;
          return <Block key={key} block={block} top={start} marked={isIn ? marked - first : undefined} />;
        })}
      </div>
    </section>
  );
}

const Block = memo(function Block({
  block,
  top,
  marked,
}: {
  readonly block: LogBlock;
  readonly top: number;
  readonly marked: number | undefined;
}) {
  const lines = block.text.split('\n').map(shownLine);
  return (
    <div className={css.block} style={{ transform: `translateY(${top}px)` }}>
      {marked !== undefined && <div className={css.mark} style={{ top: marked * lineHeight }} />}
      <pre className={css.text}>{`${lines.join('\n')}\n`}</pre>
    </div>
  );
});

/** How many lines were put before what was shown; below 0 taken away. */
function shiftOf(old: LogBuffer, fresh: LogBuffer): number {
  const first = old.blocks[0]?.key;
  const now = fresh.blocks[0]?.key;
  if (first === undefined || now === undefined || first === now) return 0;
  const [longer, key, sign] = now < first ? [fresh, first, 1] : [old, now, -1];
  let lines = 0;
  for (const block of longer.blocks) {
    if (block.key >= key) return sign * lines;
    lines += block.lines;
  }
  return 0;
}
