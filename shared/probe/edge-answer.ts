/** An edge's page is short; a service's own page that quotes one is not taken for it. */
const mostChars = 1_000;

/**
 * Is this the page of an edge that knows no such address? The platform's stands behind ingress-nginx: its text is
 * `default backend - 404`, or nginx's own short page; other edges say as little. A service may be such a server too, so
 * this alone is no proof: an edge gives the same page at every path. Pure.
 */
export function isEdgeNotFound({
  status,
  body,
}: {
  readonly status: number;
  readonly body: string;
}): boolean {
  if (status !== 404 || body.length > mostChars) return false;
  const text = body.trim();
  if (/^default backend - 404$/i.test(text)) return true;
  return /<title>404 Not Found<\/title>/i.test(text) && /<center>(?:nginx|openresty|tengine)\b/i.test(text);
}
