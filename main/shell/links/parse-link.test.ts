import { describe, expect, it } from 'vitest';
import { linkAmong, parseLink } from './parse-link.ts';

describe('a gearway link', () => {
  it.each([
    ['gearway://open/gradio', { kind: 'open', service: 'gradio' }],
    ['gearway://open/gradio/', { kind: 'open', service: 'gradio' }],
    ['GEARWAY://OPEN/Gradio', { kind: 'open', service: 'gradio' }],
    ['gearway://open/a', { kind: 'open', service: 'a' }],
    [
      'gearway://connect?host=ssh.example&port=31612&user=root&name=My%20box',
      { kind: 'connect', connection: { host: 'ssh.example', port: 31612, user: 'root', name: 'My box' } },
    ],
    [
      'gearway://connect/?host=10.0.0.7',
      { kind: 'connect', connection: { host: '10.0.0.7', port: 22, user: 'root' } },
    ],
    [
      'gearway://connect?host=[::1]&name=%E8%AE%AD%E7%BB%83',
      { kind: 'connect', connection: { host: '[::1]', port: 22, user: 'root', name: '训练' } },
    ],
  ])('%s', (text, link) => {
    expect(parseLink(text)).toEqual(link);
  });

  it.each([
    '',
    'gearway:',
    'gearway://',
    'gearway:open/gradio',
    'gearway:///open/gradio',
    'gearway://open',
    'gearway://open/',
    'gearway://open//gradio',
    'gearway://open/a/b',
    'gearway://open/../settings',
    'gearway://open/%2e%2e',
    'gearway://open/gradio%00',
    'gearway://open/-gradio',
    'gearway://open/gradio?run=1',
    'gearway://open/gradio?',
    'gearway://open/gradio#x',
    'gearway://user:pass@open/gradio',
    'gearway://open:80/gradio',
    'gearway://open.evil.example/gradio',
    'gearway://delete/gradio',
    'gearway://open/gradio\n--inspect',
    'gearway://open/ gradio',
    'gearway://open/грэдио',
    `gearway://open/${'a'.repeat(64)}`,
    'https://open/gradio',
    'javascript:alert(1)',
    ' gearway://open/gradio',
    'gearway://connect',
    'gearway://connect?',
    'gearway://connect?host=',
    'gearway://connect?host=a&host=b',
    'gearway://connect?host=a&run=rm',
    'gearway://connect?host=a&password=x',
    'gearway://connect?host=a&port=0',
    'gearway://connect?host=a&port=65536',
    'gearway://connect?host=a&port=022',
    'gearway://connect?host=a&port=1e3',
    'gearway://connect?host=a&user=-oProxyCommand%3Dsh',
    'gearway://connect?host=-oProxyCommand%3Dsh',
    'gearway://connect?host=a%20b',
    'gearway://connect?host=[..]',
    'gearway://connect?host=[::1::2]',
    'gearway://connect?host=[fe80::1%25eth0]',
    'gearway://connect?host=[::1',
    'gearway://connect?host=a%2Fb',
    'gearway://connect?host=a%0Ab',
    'gearway://connect?host=a%',
    'gearway://connect?host=a=b',
    'gearway://connect?host=a&name=%E2%80%AEgnp',
    'gearway://connect?host=a&name=%0AAllow',
    'gearway://connect?host=a&name=<b>x',
    `gearway://connect?host=${'a.'.repeat(300)}`,
    'gearway://connect/x?host=a',
    'gearway://connect?host=a#b',
    'gearway://connect?__proto__=a&host=b',
  ])('refuses %j', (text) => {
    expect(parseLink(text)).toBeUndefined();
  });

  it('never throws, whatever comes', () => {
    const parts = [
      'gearway://',
      'open',
      'connect',
      '/',
      '?',
      '&',
      '=',
      '%',
      '%00',
      '#',
      '@',
      ':',
      'host',
      '\u0000',
      '语',
      '[',
      ']',
      '..',
    ];
    let seed = 7;
    const draw = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % most;
    };
    for (let i = 0; i < 20_000; i++) {
      const text = Array.from({ length: draw(9) }, () => parts[draw(parts.length)]).join('');
      const link = parseLink(text);
      if (link?.kind === 'open') expect(link.service).toMatch(/^[a-z0-9-]+$/);
    }
  });

  it('is found on a command line', () => {
    expect(linkAmong(['--demo', 'gearway://open/a', '--x'])).toBe('gearway://open/a');
    expect(linkAmong(['--demo'])).toBeUndefined();
  });
});
