import { describe, expect, it } from 'vitest';
import { type ActivityCode, actionNames, activityLevels } from '../model/activity.ts';
import { activitySentence } from './activity-sentence.ts';

const subject = { kind: 'service', id: 'c:1', name: 'web' } as const;

describe('the sentence of what happened', () => {
  it('names what it is about and why', () => {
    const down = { code: 'service_down', subject, error: { code: 'public_bad_gateway' } } as const;
    expect(activitySentence(down, 'en')).toMatch(/^web does not answer: The platform/);
    expect(activitySentence(down, 'zh-CN')).toMatch(/^web 无响应：平台/);
    expect(
      activitySentence({ code: 'route_changed', subject, route: 'tunnel', reason: 'public_down' }, 'en'),
    ).toMatch(/^web now goes through the .*tunnel/i);
  });

  it('says what a person did', () => {
    expect(activitySentence({ code: 'action_done', subject, action: 'tunnels.open' }, 'en')).toBe(
      'You: open the tunnel to web',
    );
  });

  it('is whole for everything that can happen, whatever is missing', () => {
    for (const language of ['en', 'zh-CN'] as const)
      for (const code of Object.keys(activityLevels) as ActivityCode[])
        for (const action of actionNames)
          expect(activitySentence({ code, action }, language)).not.toMatch(/\{\{|undefined/);
  });
});
