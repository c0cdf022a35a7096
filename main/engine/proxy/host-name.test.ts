import { describe, expect, it } from 'vitest';
import { readHost } from './host-name.ts';

describe('the Host header of a request to the proxy', () => {
  it.each([
    ['gradio.localhost:7700', 'gradio'],
    ['GRADIO.Localhost', 'gradio'],
    ['gradio.localhost.:7700', 'gradio'],
    ['my-api-2.localhost:80', 'my-api-2'],
    [`${'a'.repeat(63)}.localhost`, 'a'.repeat(63)],
  ])('%s asks for %s', (header, name) => {
    expect(readHost(header)).toEqual({ kind: 'service', name });
  });

  it.each(['localhost', 'localhost:7700', '127.0.0.1:7700', '[::1]:7700'])(
    '%s asks for the list',
    (header) => {
      expect(readHost(header)).toEqual({ kind: 'index' });
    },
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:7700',
    'gradio.localhost.evil.example',
    'localhost.evil.example',
    'gradio.localhost@evil.example',
    'a.b.localhost',
    '-a.localhost',
    'gradio.localhost:7700:80',
    'gradio.localhost/../',
    'gradio.localhost\r\nx: y',
    '192.168.1.5',
    '0.0.0.0:7700',
    '[::]:7700',
    `${'a'.repeat(64)}.localhost`,
    'x'.repeat(10_000),
  ])('%j is foreign', (header) => {
    expect(readHost(header)).toEqual({ kind: 'foreign' });
  });
});
