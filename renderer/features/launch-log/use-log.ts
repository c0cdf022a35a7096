import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/result.ts';
import { useClient } from '../../store/context.ts';
import { append, emptyBuffer, type LogBuffer, prepend } from './log-buffer.ts';

/** Bytes of one part: little enough that nobody notices its arrival. */
const partBytes = 64 * 1024;
/** How often the end is asked for, in ms. */
const everyMs = 700;

interface FollowedLog {
  /** `undefined` until the first answer. */
  readonly buffer: LogBuffer | undefined;
  /** Bytes of the whole log. */
  readonly size: number;
  readonly error: AppError | undefined;
  /** Reads what stands before; settles when it is there. */
  earlier(): Promise<void>;
  /** Reads what follows. */
  later(): Promise<void>;
  /** Begins anew at this byte; below 0 at the end. */
  jump(at: number): Promise<LogBuffer | undefined>;
}

/** The log of one started service: its end first, the rest in parts as it is looked at. While `follows`, it grows. */
export function useLog(id: string, previous: boolean, follows: boolean): FollowedLog {
  const client = useClient();
  const [shown, setShown] = useState<{ readonly buffer: LogBuffer; readonly size: number }>();
  const [error, setError] = useState<AppError>();
  const held = useRef<LogBuffer>(undefined);
  const life = useRef<AbortController>(undefined);
  const asking = useRef<Promise<unknown>>(Promise.resolve());

  /** One question at a time: each goes on from the answer to the last. */
  const ask = useCallback(
    (
      part: (buffer: LogBuffer | undefined) => { readonly from: number; readonly most: number } | undefined,
      put: (buffer: LogBuffer | undefined, text: string, from: number, to: number) => LogBuffer,
    ): Promise<boolean> => {
      const signal = life.current?.signal;
      const next = asking.current.then(async () => {
        const wanted = part(held.current);
        if (wanted === undefined || signal === undefined || signal.aborted) return false;
        const answer = await client.ask('launch.log', { id, ...wanted, previous }, signal);
        if (signal.aborted) return false;
        setError(answer.ok ? undefined : answer.error);
        if (!answer.ok) return false;
        const { text, from, to, size } = answer.value;
        const before = held.current;
        // It was begun anew: what is known is of another run.
        const isOther = before !== undefined && wanted.from >= 0 && size < before.to;
        const buffer = isOther ? append(emptyBuffer(0), '', 0) : put(before, text, from, to);
        held.current = buffer;
        if (buffer !== before || isOther) setShown({ buffer, size });
        return to < size && to > from;
      });
      asking.current = next.catch(() => undefined);
      return next;
    },
    [client, id, previous],
  );

  const jump = useCallback(
    async (at: number) => {
      await ask(
        () => ({ from: at, most: partBytes }),
        (_before, text, from, to) => append(emptyBuffer(from), text, to),
      );
      return held.current;
    },
    [ask],
  );
  const later = useCallback(
    () =>
      ask(
        (buffer) => (buffer === undefined ? undefined : { from: buffer.to, most: partBytes }),
        (before, text, from, to) =>
          before !== undefined && text === '' ? before : append(before ?? emptyBuffer(from), text, to),
      ),
    [ask],
  );
  const earlier = useCallback(async () => {
    await ask(
      (buffer) => {
        if (buffer === undefined || buffer.from === 0) return undefined;
        const from = Math.max(0, buffer.from - partBytes);
        return { from, most: buffer.from - from };
      },
      (before, text, from) => prepend(before ?? emptyBuffer(from), text, from),
    );
  }, [ask]);

  useEffect(() => {
    const own = new AbortController();
    life.current = own;
    held.current = undefined;
    setShown(undefined);
    void jump(-1);
    return () => own.abort();
  }, [jump]);

  useEffect(() => {
    if (!follows) return;
    let timer: number | undefined;
    let isOver = false;
    const again = async () => {
      const hasMore = !document.hidden && (await later().catch(() => false));
      if (!isOver) timer = window.setTimeout(() => void again(), hasMore ? 0 : everyMs);
    };
    timer = window.setTimeout(() => void again(), everyMs);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [follows, later]);

  return {
    buffer: shown?.buffer,
    size: shown?.size ?? 0,
    error,
    earlier,
    later: useCallback(async () => void (await later()), [later]),
    jump,
  };
}
