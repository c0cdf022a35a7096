import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type Gearway, GearwayProvider } from '../../store/context.ts';
import { MarkdownTree } from './markdown-tree.tsx';

// Words are all that a drawn answer asks of the application.
const gearway = {
  client: {},
  mirror: createStore(() => ({ engine: {}, shell: { language: 'en' } })),
} as unknown as Gearway;

const draw = (text: string) =>
  renderToStaticMarkup(
    <GearwayProvider value={gearway}>
      <MarkdownTree text={text} />
    </GearwayProvider>,
  );

describe('what a model wrote', () => {
  it.each([
    ['# A\n\n**b** `c`', '<h4>A</h4>\n<p><strong>b</strong> <code>c</code></p>'],
    ['1. x\n2. y', '<ol>\n<li>x</li>\n<li>y</li>\n</ol>'],
    ['- [x] done', '☑ '],
    ['~~gone~~', '<del>gone</del>'],
  ])('%j is drawn', (text, part) => {
    expect(draw(text)).toContain(part);
  });

  it('as code stays what it is, with a way to copy it', () => {
    const drawn = draw('```html\n<img src=x onerror=alert(1)>\n```');
    expect(drawn).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(drawn).toContain('aria-label="Copy the code"');
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<style>*{display:none}</style>',
    '<form action="https://evil.example"><input name=x></form>',
    '<!--><img src=x onerror=alert(1)>-->',
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](https://evil.example "title")',
    '<https://evil.example>',
    'https://evil.example',
    '![x](https://evil.example/pixel.png)',
    '![x](javascript:alert(1))',
    '![<img src=x onerror=alert(1)>](x)',
    '[![x](https://evil.example/a.png)](https://evil.example)',
    '[x]: https://evil.example "onload=alert(1)"\n\n[x]',
    '[^1]\n\n[^1]: <img src=x onerror=alert(1)>',
    '| <img src=x onerror=alert(1)> |\n| - |\n| [x](javascript:alert(1)) |',
    '```\n</code></pre><script>alert(1)</script>\n```',
    '`</code><script>alert(1)</script>`',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    `${'['.repeat(500)}x${'](y)'.repeat(500)}`,
    `${'> '.repeat(200)}x`,
    '\u202Egnp.exe\u0000\u001b[2J',
  ])('%j loads nothing, leads nowhere and runs nothing', (text) => {
    const drawn = draw(text).replace(/<button.*?<\/button>/gs, '');
    const tags = [...drawn.matchAll(/<([a-z][\w-]*)([^>]*)>/g)];
    for (const [, tag = '', attributes = ''] of tags) {
      expect([
        'a',
        'img',
        'script',
        'iframe',
        'svg',
        'style',
        'form',
        'input',
        'object',
        'link',
      ]).not.toContain(tag);
      expect(attributes).not.toMatch(/\s(?:on\w+|src|href|srcdoc|action|style)=/);
    }
  });
});
