import css from './machine-text.module.css';

/** A command, or some lines of a log, as they are. */
export function MachineText({ text }: { readonly text: string }) {
  return <pre className={css.box}>{text}</pre>;
}
