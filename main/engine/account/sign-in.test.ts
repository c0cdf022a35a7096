import { describe, expect, it } from 'vitest';
import { signInInstance } from './sign-in.ts';

const typed = (origin: string, domain: string, token = 't0ken') =>
  signInInstance({ instance: 'private', origin, domain, token });

describe('what a person types to sign in', () => {
  it('is a token alone for the instances that everybody knows', () => {
    const read = signInInstance({ instance: 'hyperai', token: ' Bearer abc ' });
    expect(read.ok && read.value.instance.origin).toBe('https://app.hyper.ai');
    expect(read.ok && read.value.token.reveal()).toBe('abc');
  });

  it.each([
    ['gear.example', { scheme: 'https', domain: 'gear.example' }],
    ['https://gear.example/', { scheme: 'https', domain: 'gear.example' }],
    ['*.gear.example', { scheme: 'https', domain: 'gear.example' }],
    ['http://gear.localhost:41002', { scheme: 'http', domain: 'gear.localhost', port: 41002 }],
    ['gear.localhost:8443', { scheme: 'https', domain: 'gear.localhost', port: 8443 }],
  ])('takes %s as the base domain', (domain, edge) => {
    const read = typed('gpu.example', domain);
    expect(read.ok && read.value.instance.edge).toEqual(edge);
    expect(read.ok && read.value.instance.name).toBe('gpu.example');
  });

  it.each([
    ['', 'gear.example', 't', 'origin_invalid', 'origin'],
    ['ftp://gpu.example', 'gear.example', 't', 'origin_invalid', 'origin'],
    ['gpu.example', '', 't', 'domain_invalid', 'domain'],
    ['gpu.example', 'gear.example:99999', 't', 'domain_invalid', 'domain'],
    ['gpu.example', 'gear.example/path', 't', 'domain_invalid', 'domain'],
    ['gpu.example', 'gear.example', '  ', 'token_missing', 'token'],
  ])('names the first wrong field of %j, %j, %j', (origin, domain, token, code, field) => {
    expect(typed(origin, domain, token)).toMatchObject({ ok: false, error: { code, field } });
  });
});
