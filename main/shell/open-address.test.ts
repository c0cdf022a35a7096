import { describe, expect, it } from 'vitest';
import { checkAddress } from './open-address.ts';

describe('an address that a browser may be sent to', () => {
  it.each([
    'https://demo-web.gear-c1.openbayes.net/',
    'http://127.0.0.1:15080/',
    'http://web.localhost:7700/path?x=1',
    'http://localhost:1/',
    'http://[::1]:80/',
  ])('may be %s', (address) => expect(checkAddress(address).ok).toBe(true));

  it.each([
    'http://example.com/',
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'https://user:secret@example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'ms-settings:privacy',
    'vscode://x',
    'data:text/html,x',
    'not an address',
    '',
  ])('may not be %s', (address) => expect(checkAddress(address).ok).toBe(false));
});
