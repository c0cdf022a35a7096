import { describe, expect, it } from 'vitest';
import { isLoopbackHost } from './loopback.ts';

describe('a host that means this machine', () => {
  it.each([
    ['localhost', true],
    ['web.localhost', true],
    ['127.0.0.1', true],
    ['127.77.1.2', true],
    ['[::1]', true],
    ['127.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['localhost.evil.example', false],
    ['notlocalhost', false],
    ['10.0.0.1', false],
    ['[::]', false],
    ['', false],
  ])('%s: %s', (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected);
  });
});
