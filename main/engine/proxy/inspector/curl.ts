import type { Exchange } from '../../../../shared/model/exchange.ts';
import { quoteToPaste } from '../../../../shared/quoting/index.ts';

/** Made by curl itself, or about one connection only. */
const left: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
  'upgrade',
]);

/**
 * The exchange as a command for a POSIX shell. Secrets are not in it: they were taken out when it was recorded, and
 * their places are left out. Nothing from the request can leave its quotes.
 */
export function toCurl(exchange: Exchange): string {
  const headers = exchange.requestHeaders
    .filter(([name, value]) => !left.has(name.toLowerCase()) && !value.includes('[redacted]'))
    .map(([name, value]) => `-H ${quoteToPaste(`${name}: ${value}`)}`);
  const method =
    exchange.method === 'GET'
      ? []
      : exchange.method === 'HEAD'
        ? ['-I']
        : ['-X', quoteToPaste(exchange.method)];
  const body = exchange.requestBody;
  const data =
    body === undefined || body.truncated || body.encoding === 'base64'
      ? []
      : [`--data-raw ${quoteToPaste(body.text)}`];
  return ['curl', ...method, quoteToPaste(exchange.url), ...headers, ...data].join(' ');
}
