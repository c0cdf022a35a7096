import { lazy, Suspense, useDeferredValue } from 'react';
import css from './markdown.module.css';

/** Read only when an answer is shown: the first screen does not wait for it. */
const MarkdownTree = lazy(() =>
  import('./markdown-tree.tsx').then(({ MarkdownTree: Tree }) => ({ default: Tree })),
);

/** What a model wrote, as headings, lists, tables and code; while that is being made ready, as it stands. */
export function Markdown({ text }: { readonly text: string }) {
  // Many pieces a second come in; drawing takes the latest when there is time.
  const shown = useDeferredValue(text);
  return (
    <div className={css.markdown}>
      <Suspense fallback={<p className={css.plain}>{shown}</p>}>
        <MarkdownTree text={shown} />
      </Suspense>
    </div>
  );
}
