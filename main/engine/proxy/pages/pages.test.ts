import { describe, expect, it } from 'vitest';
import type { ProxiedService } from '../types.ts';
import { listPage, unreachablePage } from './pages.ts';

const facts = { at: 0, steps: [], totalMs: 1 };
const service: ProxiedService = {
  id: 'a',
  name: 'web',
  choice: 'auto',
  health: {
    public: { state: 'down', since: 0, error: { code: 'public_bad_gateway' }, facts, recentMs: [] },
    tunnel: { state: 'up', verifiedAt: 0, facts, recentMs: [] },
  },
};
const listed = {
  service,
  url: 'http://web.localhost:7700',
  decision: { route: 'tunnel', reason: 'public_bad_gateway' },
} as const;

describe('the list of services', () => {
  it('shows each with its state, by shape and by word, and the route that it takes', () => {
    const { status, markup = '', json } = listPage([listed], undefined, 'en');
    expect(status).toBe(200);
    expect(markup).toContain('<a href="http://web.localhost:7700">');
    expect(markup).toMatch(/class="tunnel">Tunnel<.*■<\/span> down<.*●<\/span> up</s);
    expect(json).toMatchObject({ services: [{ name: 'web', route: 'tunnel', routes: { public: 'down' } }] });
  });

  it('speaks both languages, and says so when there is nothing', () => {
    expect(listPage([listed], undefined, 'zh-CN').markup).toContain('■</span> 不通');
    expect(listPage([], undefined, 'en')).toMatchObject({
      text: 'No service has a local address now.',
      markup: '',
    });
  });

  it('shows a name that nobody has as text', () => {
    const { status, title } = listPage([listed], '<b>', 'en');
    expect(status).toBe(404);
    expect(title).toBe('No service is called <b>');
  });
});

describe('a service that cannot be reached', () => {
  it('is down on a route that just failed, whatever was known of it, and says why', () => {
    const failures = { tunnel: { code: 'target_refused', params: { port: 7860 } } } as const;
    const { markup = '' } = unreachablePage(service, failures, 'en');
    expect(markup.match(/■/g)).toHaveLength(2);
    expect(markup).toContain('Nothing listens on port 7860 in the container.');
    expect(unreachablePage(service, failures, 'zh-CN').markup).toContain('7860');
  });

  it('keeps what a system said out of the markup', () => {
    const error = { code: 'tcp_refused', params: { host: '<script>', port: 1 } } as const;
    const { markup = '' } = unreachablePage(service, { public: error, tunnel: error }, 'en');
    expect(markup).toContain('&#60;script&#62; refuses connections on port 1.');
    expect(markup).not.toContain('<script>');
  });
});
