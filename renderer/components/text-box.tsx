import css from './text-box.module.css';

/** Foreign text as it is, and nothing but text: long, wrapped, scrolled by wheel and by keyboard. */
export function TextBox({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard.
    <section className={css.box} tabIndex={0} aria-label={label}>
      <pre className={css.text}>{text}</pre>
    </section>
  );
}
