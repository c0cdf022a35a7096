import { describe, expect, it } from 'vitest';
import { redactHeaders, redactPath, redactText } from './redact.ts';

const secret = (name: string): [string, string, string] => [name, 'abc', '[redacted]'];

describe('headers in the inspector', () => {
  it.each([
    ['Authorization', 'Bearer abc.def', 'Bearer [redacted]'],
    ['authorization', 'abc', '[redacted]'],
    ['Proxy-Authorization', 'Basic abc', 'Basic [redacted]'],
    ['X-Api-Key', 'abc', '[redacted]'],
    ['api-key', 'abc', '[redacted]'],
    ['X-Auth-Token', 'abc', '[redacted]'],
    ['X-Access-Token', 'abc', '[redacted]'],
    ['X-CSRF-Token', 'abc', '[redacted]'],
    ['X-XSRFToken', 'abc', '[redacted]'],
    ['x-goog-api-key', 'abc', '[redacted]'],
    ['Authentication', 'abc', '[redacted]'],
    ['Sec-WebSocket-Key', 'abc', '[redacted]'],
    ['Cookie', 'a=1; session=abc=def', 'a=[redacted]; session=[redacted]'],
    ['Set-Cookie', 'session=abc; Path=/; HttpOnly', 'session=[redacted]; Path=/; HttpOnly'],
    ['Location', '/next?token=abc&page=2', '/next?token=[redacted]&page=2'],
    ['Referer', 'https://a.example/?sig=abc', 'https://a.example/?sig=[redacted]'],
    ['Content-Location', '/a?code=abc', '/a?code=[redacted]'],
    ['Link', '</a?key=abc>; rel=next', '</a?key=[redacted]>; rel=next'],
    ...[
      'X-Vault-Token',
      'X-Jupyter-Token',
      'X-Amz-Security-Token',
      'PRIVATE-TOKEN',
      'Cf-Access-Client-Secret',
    ].map(secret),
    ...['X-Subscription-Key', 'Ocp-Apim-Subscription-Key', 'x-apikey', 'X-Session-Id', 'X-User-JWT'].map(
      secret,
    ),
    ['Refresh', '3; url=/a?token=abc', '3; url=/a?token=[redacted]'],
    ['Location', '/cb#access_token=abc&state=1', '/cb#access_token=[redacted]&state=1'],
    ['Access-Control-Allow-Credentials', 'true', 'true'],
    ['Idempotency-Key', 'abc', 'abc'],
    ['X-Name', '\xe4\xbd\xa0', '你'],
    ['Content-Type', 'text/html', 'text/html'],
    ['X-Token-Count', '12', '12'],
  ])('%s: %s', (name, value, shown) => {
    expect(redactHeaders([name, value])).toEqual([[name, shown]]);
  });
});

describe('an address in the inspector', () => {
  it.each([
    ['/', '/'],
    ['/a?b=1&c', '/a?b=1&c'],
    ['/a?access_token=x&b=1', '/a?access_token=[redacted]&b=1'],
    ['/a?apiKey=x', '/a?apiKey=[redacted]'],
    ['/a?X-Amz-Signature=x', '/a?X-Amz-Signature=[redacted]'],
    ['/a?to%6ben=x', '/a?to%6ben=[redacted]'],
    [
      '/a?accessToken=x&refreshToken=y&jwt=z',
      '/a?accessToken=[redacted]&refreshToken=[redacted]&jwt=[redacted]',
    ],
    ['/a?max_tokens=5&prompt_tokens=6&author=me', '/a?max_tokens=5&prompt_tokens=6&author=me'],
    ['/a?%zz=x', '/a?%zz=x'],
    ['/a?token=', '/a?token=[redacted]'],
    ['/a?monkey=x', '/a?monkey=x'],
    ['https://me:pw@a.example/x', 'https://[redacted]@a.example/x'],
    ['https://a.example/@me?x=a@b', 'https://a.example/@me?x=a@b'],
  ])('%s', (path, shown) => {
    expect(redactPath(path)).toBe(shown);
  });
});

describe('a body in the inspector', () => {
  it.each([
    ['{"password":"a","user":"b"}', '{"password":"[redacted]","user":"b"}'],
    ['{ "api_key" : "a\\"b" , "n": 1 }', '{ "api_key" : "[redacted]" , "n": 1 }'],
    // Cut off in the middle of the secret.
    ['{"token":"abcdef', '{"token":"[redacted]"'],
    ['user=a&password=b%20c&x=1', 'user=a&password=[redacted]&x=1'],
    ['client_secret=a\nnext=b', 'client_secret=[redacted]\nnext=b'],
    ['{"accessToken":"a","clientSecret":"b"}', '{"accessToken":"[redacted]","clientSecret":"[redacted]"}'],
    ['{"password": 12345, "max_tokens": 5}', '{"password": "[redacted]", "max_tokens": 5}'],
    ['{"usage":{"prompt_tokens":"5","token_type":"b"}}', '{"usage":{"prompt_tokens":"5","token_type":"b"}}'],
    ['{"inner":"{\\"refresh_token\\":\\"abc\\"}"}', '{"inner":"{\\"refresh_token\\":\\"[redacted]\\"}"}'],
    [
      '--x\r\nContent-Disposition: form-data; name="api_key"\r\n\r\nabc\r\n--x',
      '--x\r\nContent-Disposition: form-data; name="api_key"\r\n\r\n[redacted]\r\n--x',
    ],
    ['grant_type=code&code=abc&error_code=5', 'grant_type=code&code=[redacted]&error_code=5'],
    ['the token is not named here', 'the token is not named here'],
  ])('%s', (text, shown) => {
    expect(redactText(text)).toBe(shown);
  });
});
