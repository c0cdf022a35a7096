import { describe, expect, it } from 'vitest';
import { notificationText } from './notification-text.ts';

const named = (name: string) => ({ id: name, name });

describe('the text of a notification', () => {
  it('names the service and why', () => {
    expect(
      notificationText({ kind: 'down', service: named('web'), error: { code: 'public_timeout' } }, 'en'),
    ).toEqual({ title: 'web does not answer', body: expect.stringContaining('in time') });
    expect(notificationText({ kind: 'up', service: named('web') }, 'zh-CN').title).toContain('web');
  });

  it('counts many and names some', () => {
    const services = ['a', 'b', 'c', 'd', 'e', 'f'].map(named);
    expect(notificationText({ kind: 'manyDown', services }, 'en')).toEqual({
      title: '6 services do not answer',
      body: 'a, b, c, d and 2 more',
    });
    expect(notificationText({ kind: 'manyUp', services: services.slice(0, 3) }, 'zh-CN').body).not.toMatch(
      /\{\{|undefined/,
    );
  });
});
