import { go } from '../store/context.ts';
import css from './service-link.module.css';

/** The name of a service in a list; leads to its page. */
export function ServiceLink({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <button type="button" className={css.link} onClick={() => go({ kind: 'service', id })}>
      {name}
    </button>
  );
}
