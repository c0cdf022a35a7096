import { describe, expect, it } from 'vitest';
import {
  type FindingAction,
  findingActions,
  type Service,
  type TunnelState,
} from '../../../shared/model/service.ts';
import { makeContainer, makeService } from '../../testing/make.ts';
import { wordsIn } from '../../words/use-words.ts';
import { findingButtons } from './finding-actions.ts';
import { findingDetails } from './finding-details.ts';

const withLocal = (choice: 'auto' | 'public' | 'tunnel', part: Partial<Service> = {}) =>
  makeService({ local: { url: 'http://web.localhost:7700', choice, reason: 'chosen' }, ...part });
const inState = (state: TunnelState) => withLocal('auto', { tunnel: { state } });
const failed: TunnelState = { kind: 'failed', error: { code: 'ssh_timeout' } };
describe('the buttons of a finding', () => {
  it.each([
    [
      'a closed tunnel',
      withLocal('auto'),
      {},
      ['open_tunnel', 'use_tunnel', 'use_public', 'restart_container', 'refresh'],
    ],
    [
      'a failed tunnel',
      inState(failed),
      {},
      ['use_tunnel', 'use_public', 'retry_tunnel', 'restart_container', 'refresh'],
    ],
    [
      'the tunnel chosen already',
      withLocal('tunnel'),
      {},
      ['open_tunnel', 'use_public', 'restart_container', 'refresh'],
    ],
    ['no SSH', withLocal('auto'), { ssh: undefined }, ['use_public', 'restart_container', 'refresh']],
    [
      'a task, which cannot be started again',
      withLocal('public'),
      { mode: 'TASK' },
      ['open_tunnel', 'use_tunnel', 'refresh'],
    ],
    ['a service without a local address', makeService(), {}, ['open_tunnel', 'restart_container', 'refresh']],
  ] as const)('with %s', (_name, service, container, expected) => {
    expect(findingButtons({ actions: findingActions }, service, makeContainer(container))).toEqual(expected);
  });

  it('stay in the engine’s order, and are none where it names none', () => {
    const actions: readonly FindingAction[] = ['refresh', 'open_tunnel'];
    expect(findingButtons({ actions }, withLocal('auto'), makeContainer())).toEqual(actions);
    expect(findingButtons({}, withLocal('auto'), makeContainer())).toEqual([]);
  });
});

describe('the details of a finding', () => {
  it.each([
    [{ seconds: 60 }, 'After 60 s.'],
    [{ issuer: 'Captive CA', days: 3 }, 'Signed by Captive CA. 3 days left.'],
    [{ percent: 70 }, '70 of 100 were answered.'],
    [{ address: '' }, ''],
    [{ code: 'tcp_timeout' }, ''],
    [undefined, ''],
  ])('of %o', (params, text) => {
    expect(findingDetails(params, wordsIn('en'))).toBe(text);
  });
});
