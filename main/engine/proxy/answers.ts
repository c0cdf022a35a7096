import type { IncomingMessage, ServerResponse } from 'node:http';

export interface OwnAnswer {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly links?: readonly { readonly name: string; readonly url: string }[];
}

/** What the proxy itself says, as a page or as JSON, whatever the client takes. */
export function answerItself(request: IncomingMessage, response: ServerResponse, answer: OwnAnswer): void {
  const wantsPage = (request.headers.accept ?? '').includes('text/html');
  const body = wantsPage
    ? page(answer)
    : `${JSON.stringify({ error: answer.title, message: answer.text })}\n`;
  response.writeHead(answer.status, {
    'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

const page = ({ title, text, links = [] }: OwnAnswer): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
  :root { color-scheme: light dark; font: 15px/1.6 system-ui, sans-serif; }
  body { max-width: 32rem; margin: 16vh auto; padding: 0 1.5rem; }
  h1 { font-size: 1.3rem; margin: 0 0 .4rem; }
  ul { padding-left: 1.2rem; }
</style>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
${links.length === 0 ? '' : `<ul>${links.map(({ name, url }) => `<li><a href="${escaped(url)}">${escaped(name)}</a></li>`).join('')}</ul>`}
</html>
`;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
