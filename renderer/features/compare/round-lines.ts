/** One lane's first bytes in the order of the rounds, for drawing. */
interface RoundLine {
  /** Points of each unbroken part, `x,y` in the given box. */
  readonly parts: readonly string[];
  /** Where nothing came, on the x axis. */
  readonly lost: readonly number[];
  readonly leastMs: number;
  readonly mostMs: number;
}

/**
 * The line of a lane in a box, from zero at the bottom to `topMs` at the top; a round without an answer breaks it.
 * `undefined` where nothing ever came. Pure.
 */
export function roundLine(
  rounds: readonly (number | null)[],
  box: { readonly width: number; readonly height: number; readonly topMs: number },
): RoundLine | undefined {
  const values = rounds.filter((value) => value !== null);
  if (values.length === 0) return undefined;
  const step = rounds.length > 1 ? box.width / (rounds.length - 1) : 0;
  const parts: string[][] = [[]];
  const lost: number[] = [];
  rounds.forEach((value, index) => {
    const x = Number((index * step).toFixed(1));
    if (value === null) {
      lost.push(x);
      parts.push([]);
    } else {
      const y = box.height - Math.min(1, value / Math.max(box.topMs, 0.001)) * box.height;
      parts.at(-1)?.push(`${x},${y.toFixed(1)}`);
    }
  });
  return {
    parts: parts.filter((part) => part.length > 0).map((part) => part.join(' ')),
    lost,
    leastMs: Math.min(...values),
    mostMs: Math.max(...values),
  };
}
