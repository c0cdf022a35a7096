import { describe, expect, it } from 'vitest';
import { type EngineState, initialEngineState } from '../../shared/contract/state.ts';
import type { Container } from '../../shared/model/container.ts';
import { makeService, stateWith } from '../shell/testing/services.ts';
import { isSettled } from './settled.ts';

const now = 1_000_000;
const container = (part: Partial<Container> = {}): Container => ({
  id: 'c',
  projectId: 'p',
  name: 'lab',
  mode: 'WORKSPACE',
  status: { kind: 'running' },
  runId: 'r',
  mappings: [{ name: 'web', port: 7860 }],
  look: { kind: 'done' },
  ssh: { user: 'root', host: 'h', port: 1 },
  startedAt: now,
  ...part,
});
const web = makeService('web', { id: 'c:7860' });
const state = (of: Container | undefined, ...services: readonly (typeof web)[]): EngineState => ({
  ...initialEngineState,
  ...stateWith(...services),
  containers: of === undefined ? {} : { [of.id]: of },
  session: { kind: 'open', reach: { kind: 'answered', at: 0 } } as EngineState['session'],
});

describe('the first round', () => {
  it.each<[string, EngineState, boolean]>([
    ['where nobody is signed in', initialEngineState, false],
    ['of an account without containers', state(undefined), true],
    ['of a container that was looked into, whose mapping answered', state(container(), web), true],
    ['whose mapped service is not listed yet', state(container()), false],
    [
      'whose mapped service is not asked yet',
      state(container(), makeService('web', { id: 'c:7860', public: 'absent' })),
      false,
    ],
    [
      'whose mapped service was asked just now',
      state(container(), makeService('web', { id: 'c:7860', public: 'unknown' })),
      false,
    ],
    ['of a container that is being looked into', state(container({ look: { kind: 'looking' } }), web), false],
    [
      'of a fresh container that offers no SSH yet',
      state(container({ look: { kind: 'never' }, ssh: undefined }), web),
      false,
    ],
    [
      'of an older one without SSH',
      state(container({ look: { kind: 'never' }, ssh: undefined, startedAt: 0 }), web),
      true,
    ],
    [
      'of a task, which never offers it',
      state(container({ look: { kind: 'never' }, ssh: undefined, mode: 'TASK' }), web),
      true,
    ],
    ['of a container whose mappings nobody knows', state(container({ mappings: 'unknown' })), true],
    [
      'of one that has ended',
      state(container({ status: { kind: 'ended', how: 'succeeded' }, look: { kind: 'never' } })),
      true,
    ],
  ])('%s is over: %#', (_name, given, expected) => {
    expect(isSettled(given, now)).toBe(expected);
  });
});
