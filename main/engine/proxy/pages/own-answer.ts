import { STATUS_CODES } from 'node:http';
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
  /** Where it really is. */
  readonly location?: string;
}

/** What of a request decides about the form of an answer. */
export interface Reader {
  readonly accept: string | undefined;
  readonly acceptLanguage: string | undefined;
  readonly isHead: boolean;
  /** The connection carries another request afterwards. */
  readonly keep: boolean;
}

/** The whole answer, in the form and the language that the client takes. */
export function ownAnswer(reader: Reader, compose: (language: Language) => OwnAnswer): Buffer {
  const language = languageOf(reader.acceptLanguage);
  const answer = compose(language);
  const wantsPage = (reader.accept ?? '').includes('text/html');
  const body = Buffer.from(wantsPage ? page(answer, language) : `${JSON.stringify(answer.json)}\n`);
  const fields = [
    `content-type: ${wantsPage ? 'text/html; charset=utf-8' : 'application/json'}`,
    `content-length: ${body.length}`,
    `content-language: ${language}`,
    'cache-control: no-store',
    'vary: accept, accept-language',
    "content-security-policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'x-content-type-options: nosniff',
    ...(answer.location === undefined ? [] : [`location: ${answer.location}`]),
    ...(answer.retryAfter === undefined ? [] : [`retry-after: ${answer.retryAfter}`]),
    ...(reader.keep ? [] : ['connection: close']),
  ];
  const head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${fields.join('\r\n')}\r\n\r\n`;
  return reader.isHead ? Buffer.from(head, 'latin1') : Buffer.concat([Buffer.from(head, 'latin1'), body]);
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
