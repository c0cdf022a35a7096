import { memo, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CopyButton } from '../../components/copy-button.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './markdown.module.css';

/**
 * A parsed answer as React elements. It was written by somebody else: HTML in it stays text, a picture is named and not
 * loaded, a link shows where it leads and leads nowhere.
 */
export const MarkdownTree = memo(function MarkdownTree({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {text}
    </ReactMarkdown>
  );
});

const plugins = [remarkGfm];

const components: Components = {
  a: ({ href, children }) => (
    <span className={css.link} data-hint={href}>
      {children}
    </span>
  ),
  img: ({ alt }) => <Picture alt={alt ?? ''} />,
  pre: ({ node, children }) => (
    <Code text={textIn(node).replace(/\n$/, '')}>
      <pre
        className={css.code}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard.
        tabIndex={0}
      >
        {children}
      </pre>
    </Code>
  ),
  table: ({ children }) => (
    <div className={css.table}>
      <table>{children}</table>
    </div>
  ),
  // Headings of an answer stand below those of the page.
  h1: ({ children }) => <h4>{children}</h4>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h4>{children}</h4>,
  input: ({ checked }) => <span>{checked === true ? '☑ ' : '☐ '}</span>,
};

function Picture({ alt }: { readonly alt: string }) {
  const words = useWords();
  return <span className={css.image}>{words.say(words.texts.chat.image, { text: alt })}</span>;
}

function Code({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  const { chat: texts } = useWords().texts;
  return (
    <div className={css.codeBox}>
      {children}
      <span className={css.copy}>
        <CopyButton text={text} label={texts.copyCode} />
      </span>
    </div>
  );
}

interface TreeNode {
  readonly value?: string;
  readonly children?: readonly unknown[];
}

/** All text below a node of the parsed tree. */
function textIn(node: unknown): string {
  const { value = '', children = [] } = (node ?? {}) as TreeNode;
  return value + children.map(textIn).join('');
}
