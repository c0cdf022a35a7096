import { describe, expect, it } from 'vitest';
import type { Launch, LaunchEnd, LaunchState } from '../../../shared/model/launch.ts';
import { wordsIn } from '../../words/use-words.ts';
import { byImportance, launchView } from './launch-view.ts';

const make = (state: LaunchState, part: Partial<Launch> = {}): Launch => ({
  id: 'c/one',
  containerId: 'c',
  launchId: 'one',
  name: 'web',
  recipe: 'static',
  values: {},
  preview: 'python3 -m http.server',
  port: 8000,
  createdAt: 1,
  logBytes: 0,
  state,
  ...part,
});
const running = (listens?: boolean): LaunchState => ({ kind: 'running', since: 5, pids: [7], listens });
const view = (launch: Launch) => {
  const { mark, text } = launchView(launch, wordsIn('en'));
  return [mark, text];
};

describe('a started service', () => {
  it.each([
    ['answers', make(running(true)), ['up', 'answers on port 8000']],
    ['runs without a word of its port', make(running()), ['up', 'runs']],
    ['runs and does not listen', make(running(false)), ['working', 'runs, nothing listens on 8000 yet']],
    [
      'loads a model',
      make(running(false), { recipe: 'vllm' }),
      ['working', 'loading its model, 8000 not open yet'],
    ],
    ['failed', make({ kind: 'ended', code: 2, at: 1, lastLines: [] }), ['down', 'ended with code 2']],
    ['was killed', make({ kind: 'ended', code: 137, at: 1, lastLines: [] }), ['down', 'killed by signal 9']],
    ['is done', make({ kind: 'ended', code: 0, at: 1, lastLines: [] }), ['idle', 'ended in order']],
    ['was stopped', make({ kind: 'stopped', at: 1 }), ['idle', 'stopped']],
    ['is gone', make({ kind: 'gone', lastLines: [] }), ['warn', 'gone: the container was started anew']],
    ['is being restarted', make(running(true), { busy: 'restarting' }), ['working', 'restarting…']],
  ] as const)('%s', (_what, launch, said) => {
    expect(view(launch)).toEqual(said);
  });

  it('says why it ended and what to do, by the name of its recipe where its words name none', () => {
    const ended = (why: LaunchEnd) => make({ kind: 'ended', code: 1, at: 1, lastLines: [], why });
    const said = (why: LaunchEnd) => launchView(ended(why), wordsIn('en')).why;
    expect(said({ kind: 'packageMissing', what: 'gradio' })).toBe(
      'The package gradio is missing in the container. Install it there, then restart.',
    );
    expect(said({ kind: 'portTaken' })).toContain('Port 8000 is used by another program');
    expect(said({ kind: 'programMissing' })).toContain(' is not installed in the container');
  });

  it('that runs comes before one that ended, then the newest', () => {
    const order = [
      make({ kind: 'stopped', at: 1 }, { id: 'old', createdAt: 1 }),
      make({ kind: 'stopped', at: 1 }, { id: 'new', createdAt: 9 }),
      make(running(), { id: 'runs', createdAt: 2 }),
    ];
    expect(order.sort(byImportance).map(({ id }) => id)).toEqual(['runs', 'new', 'old']);
  });
});
