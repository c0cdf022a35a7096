import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createConsent } from './consent.ts';
import type { Question } from './links/index.ts';

function setup(answer: boolean | Promise<boolean>, launches = false) {
  const asked: Question[] = [];
  const carried: unknown[] = [];
  const consent = createConsent({
    language: () => 'en',
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
    launchesAtLogin: () => launches,
  });
  /** An engine that wants a forward for others confirmed. */
  const carry = async (input: unknown): Promise<Result<unknown>> => {
    carried.push(input);
    const { forward = '', confirmed } = input as { readonly forward?: string; readonly confirmed?: boolean };
    return forward.startsWith('0.0.0.0') && confirmed !== true
      ? fail('bind_not_confirmed', { params: { bind: '0.0.0.0' } })
      : ok('done');
  };
  return { consent, carry, asked, carried };
}

const opened = { connectionId: 'a', direction: 'local', forward: '0.0.0.0:80:x:80', confirmed: true };

describe('what the window alone may not do', () => {
  it.each([
    ['to have an authority trusted', 'proxy.setTrusted', { on: true }, 'Trust the authority'],
    ['to start with the computer', 'shell.settings', { launchAtLogin: true, theme: 'dark' }, 'start'],
    ['to listen for others, although it says that they agreed', 'forwards.save', opened, 'Let others use'],
  ] as const)('%s is asked by the system', async (_what, name, input, title) => {
    const yes = setup(true);
    expect(await yes.consent.pass(name, input, yes.carry)).toEqual(ok('done'));
    expect(yes.asked.map((question) => question.title)).toEqual([expect.stringContaining(title)]);
    expect(yes.carried.at(-1)).toMatchObject(input);
    const no = setup(false);
    expect(await no.consent.pass(name, input, no.carry)).toMatchObject({ error: { code: 'cancelled' } });
    expect(no.carried).not.toContainEqual(expect.objectContaining({ confirmed: true }));
    expect(no.carried).not.toContainEqual(input);
  });

  it.each([
    ['proxy.setTrusted', { on: false }],
    ['shell.settings', { launchAtLogin: false }],
    ['shell.settings', { theme: 'dark' }],
    ['forwards.save', { forward: '127.0.0.1:1:x:1' }],
    ['state.get', {}],
    ['forwards.save', null],
  ] as const)('%s %j is carried without a question', async (name, input) => {
    const { consent, carry, asked } = setup(false);
    await consent.pass(name, input, input === null ? async () => ok('done') : carry);
    expect(asked).toEqual([]);
  });

  it('is no question where it is so already', async () => {
    const { consent, carry, asked } = setup(false, true);
    expect(await consent.pass('shell.settings', { launchAtLogin: true }, carry)).toEqual(ok('done'));
    expect(asked).toEqual([]);
  });

  it('gets one dialog, however often the window asks', async () => {
    let agree: (agreed: boolean) => void = () => {};
    const { consent, carry, asked } = setup(
      new Promise((resolve) => {
        agree = resolve;
      }),
    );
    const first = consent.pass('proxy.setTrusted', { on: true }, carry);
    const others = await Promise.all(
      Array.from({ length: 50 }, () => consent.pass('proxy.setTrusted', { on: true }, carry)),
    );
    expect(others.every((result) => !result.ok)).toBe(true);
    agree(true);
    expect(await first).toEqual(ok('done'));
    expect(asked).toHaveLength(1);
  });
});
