import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Language } from '../../../../shared/words/index.ts';
import { languageOf } from './language.ts';
import { pageStyle } from './page-style.ts';

/** What the proxy itself says: a page for people, JSON with a code for programs. */
export interface OwnAnswer {
  readonly status: number;
  /** For programs; stands under `error` together with `message`. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly title: string;
  readonly text: string;
  /** Markup that was made from escaped parts. */
  readonly markup?: string;
  /** Seconds after which it is worth asking again; the page does so by itself. */
  readonly retryAfter?: number;
}

/** Answers in the form and the language that the client takes. */
export function answerItself(
  request: IncomingMessage,
  response: ServerResponse,
  compose: (language: Language) => OwnAnswer,
): void {
  const language = languageOf(request.headers['accept-language']);
  const answer = compose(language);
  const wantsPage = (request.headers.accept ?? '').includes('text/html');
  const body = wantsPage ? page(answer, language) : `${JSON.stringify(answer.json)}\n`;
  const headers: Record<string, string> = {
    'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'content-language': language,
    'cache-control': 'no-store',
    vary: 'accept, accept-language',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
    ...(answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) }),
  };
  response.writeHead(answer.status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

const page = (
  { title, text, markup = '', retryAfter }: OwnAnswer,
  language: Language,
): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${retryAfter === undefined ? '' : `<meta http-equiv="refresh" content="${retryAfter}">`}
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
<main>
<p class="name">Gearway</p>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
${markup}
</main>
</html>
`;

/** Text as it may stand in a page: nothing in it is markup. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
