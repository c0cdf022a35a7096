import css from './sparkline.module.css';

const width = 44;
const height = 14;
/** Fewer points are no line. */
const least = 3;

/** The last answer times as a thin line; the same hue for the same lane everywhere. `label` says it in words. */
export function Sparkline({
  values,
  lane,
  label,
}: {
  readonly values: readonly number[];
  readonly lane: 'public' | 'tunnel';
  readonly label: string;
}) {
  if (values.length < least) return null;
  return (
    <svg
      className={`${css.line} ${css[lane]}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <polyline points={points(values)} />
    </svg>
  );
}

/** From zero, so that a flat line of slow answers does not look like one of quick answers. */
function points(values: readonly number[]): string {
  const most = Math.max(...values, 1);
  const step = width / (values.length - 1);
  return values
    .map((value, index) => {
      const y = height - 1.5 - (value / most) * (height - 3);
      return `${(index * step).toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
