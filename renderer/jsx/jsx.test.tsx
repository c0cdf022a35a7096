import { Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { jsx, jsxs } from './jsx-runtime.ts';

const Named = ({ children }: { readonly children: React.ReactNode }) => <b>{children}</b>;
const name = 'web\u202e\u001b[31m';

describe('every element of the window', () => {
  it('shows no text that it did not clean', () => {
    const drawn = renderToStaticMarkup(
      <p title={name}>
        {name} on {[name, <i key="1">{name}</i>]}
        <Named>{name}</Named>
        <Fragment key="2">
          {name}
          {1}
        </Fragment>
        <input aria-label={name} placeholder={name} />
      </p>,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left.
    expect(drawn).not.toMatch(/[\u202e\u001b]/);
    expect(drawn.match(/web\ufffd\ufffd\[31m/g)?.length).toBe(8);
  });

  it('keeps what a person types as it is, and lines of a text', () => {
    expect(renderToStaticMarkup(<input defaultValue={name} />)).toContain('\u202e');
    expect(renderToStaticMarkup(<pre>{'a\n\tb'}</pre>)).toBe('<pre>a\n\tb</pre>');
  });

  it('does so in what is shipped, too', () => {
    expect(renderToStaticMarkup(jsx('p', { children: name }))).toBe('<p>web\ufffd\ufffd[31m</p>');
    expect(renderToStaticMarkup(jsxs('p', { children: [name, 1] }))).toBe('<p>web\ufffd\ufffd[31m1</p>');
  });
});
