import css from './progress.module.css';

/** How far long work is; without a value it is only known to be under way. */
export function Progress(props: {
  readonly label: string;
  readonly max: number;
  readonly value: number | undefined;
}) {
  return <progress className={css.bar} aria-label={props.label} max={props.max} value={props.value} />;
}
