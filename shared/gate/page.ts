import type { GateFile } from '../model/gate.ts';
import { fill } from '../words/fill.ts';

/** Words of the page that a gate shows; `{{name}}` is the service's, `{{seconds}}` how long nobody is looked at. */
export interface PageWords {
  readonly title: string;
  readonly ask: string;
  readonly askPrograms: string;
  readonly password: string;
  readonly link: string;
  readonly open: string;
  readonly wrong: string;
  readonly many: string;
  readonly ended: string;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
/** What a name holds must not be read as one of the gate's own places. */
const plain = (text: string): string => escaped(text).replaceAll('{', '&#123;');

const style = `:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f5f6f8;color:#1c2128;font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei UI","Noto Sans CJK SC",sans-serif}
main{width:min(22rem,calc(100vw - 2rem));padding:1.75rem;background:#fff;border:1px solid #c5cdd6;border-radius:10px}
h1{margin:0 0 .25rem;font-size:1.25rem}
p{margin:0 0 1rem;color:#59636e;overflow-wrap:anywhere}
[role=alert]{color:inherit}[role=alert]:empty{display:none}
label{display:block;margin-bottom:.25rem}
input,button{width:100%;min-height:40px;font:inherit;padding:.4rem .75rem;border-radius:6px}
input{border:1px solid #8b949e;background:#f5f6f8;color:inherit}
button{margin-top:1rem;border:0;background:#2257c4;color:#fff;font-weight:600;cursor:pointer}
:focus-visible{outline:2px solid #2257c4;outline-offset:2px}
@media(prefers-color-scheme:dark){body{background:#14171b;color:#e6e9ed}main{background:#1c2026;border-color:#3d4650}p{color:#9aa4af}
input{background:#14171b;border-color:#6b7681}button{background:#7aa5f5;color:#14171b}:focus-visible{outline-color:#7aa5f5}}`;

/** What follows `#` goes to no server by itself: a link's token is in no log, no referrer and no preview of a chat. */
const script = `(function(){var t=/gwl_[\\w-]{43}/.exec(location.hash),f=document.forms[0];if(!t||!f)return;
history.replaceState(null,"",location.pathname+location.search);f.secret.value=t[0];f.submit()})()`;

/** The page in one language. `{{nonce}}`, `{{next}}` and `{{said}}` are filled in by the gate, escaped. */
function pageOf(
  language: string,
  words: PageWords,
  name: string,
  asks: { readonly people: boolean; readonly password: boolean },
) {
  const ask = plain(fill(asks.people ? words.ask : words.askPrograms, { name }) ?? '');
  const form = `<form method="post" action="/.gearway/enter"><input type="hidden" name="next" value="{{next}}">
<label for="secret">${plain(asks.password ? words.password : words.link)}</label>
<input id="secret" name="secret" type="password" autocomplete="current-password" required autofocus>
<button>${plain(words.open)}</button></form><script nonce="{{nonce}}">${script}</script>`;
  return {
    html: `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${plain(words.title)}</title><style nonce="{{nonce}}">${style}</style>
<main><h1>${plain(words.title)}</h1><p>${ask}</p><p role="alert">{{said}}</p>${asks.people ? form : ''}</main></html>
`,
    wrong: words.wrong,
    many: words.many,
    ended: words.ended,
  };
}

/** What the gate asks people with, in both languages. Pure. */
export function gatePages(
  words: Readonly<Record<'en' | 'zh-CN', PageWords>>,
  { name, grants }: Pick<GateFile, 'name' | 'grants'>,
): GateFile['page'] {
  const kinds = new Set(grants.filter(({ revoked }) => revoked !== true).map(({ kind }) => kind));
  const password = kinds.has('password');
  const asks = { people: password || kinds.has('link'), password };
  return {
    en: pageOf('en', words.en, name, asks),
    'zh-CN': pageOf('zh-CN', words['zh-CN'], name, asks),
  };
}
