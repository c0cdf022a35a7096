import { assertNever } from '../../../shared/assert-never.ts';
import { findRecipe } from '../../../shared/launch/recipes.ts';
import type { Launch, LaunchEnd } from '../../../shared/model/launch.ts';
import type { Mark } from '../../components/state-mark.tsx';
import type { Words } from '../../words/use-words.ts';

/** How a started service is doing, in one mark and a few words. */
export interface LaunchView {
  readonly mark: Mark;
  readonly text: string;
  /** Since when, in ms since the epoch, and whether that still goes on. */
  readonly at?: number;
  readonly goesOn: boolean;
  /** Why it ended and what to do, where its words tell. */
  readonly why?: string;
  /** What it said last, where it ended by itself. */
  readonly lastLines: readonly string[];
}

/** Above this an exit code is a signal's number (POSIX `sh`). */
const signalFrom = 128;

/** Pure; the table in its test says it all. */
export function launchView(launch: Launch, words: Words): LaunchView {
  const {
    texts: { launch: texts },
    say,
  } = words;
  const { state, port = 0 } = launch;
  const quiet = { goesOn: false, lastLines: [] };
  if (launch.busy !== undefined) return { mark: 'working', text: texts.state[launch.busy], ...quiet };
  switch (state.kind) {
    case 'running': {
      const on = { at: state.since, goesOn: true, lastLines: [] };
      if (launch.port === undefined || state.listens === undefined)
        return { mark: 'up', text: texts.state.runs, ...on };
      if (state.listens) return { mark: 'up', text: say(texts.state.listens, { port }), ...on };
      const loads = findRecipe(launch.recipe)?.loadsModel === true;
      return {
        mark: 'working',
        text: say(loads ? texts.state.loadsModel : texts.state.loads, { port }),
        ...on,
      };
    }
    case 'ended': {
      const { code, at, lastLines } = state;
      if (code === 0) return { mark: 'idle', text: texts.state.done, at, goesOn: false, lastLines };
      const text =
        code > signalFrom
          ? say(texts.state.signal, { signal: code - signalFrom })
          : say(texts.state.ended, { code });
      return { mark: 'down', text, at, goesOn: false, lastLines, why: whyText(launch, state.why, words) };
    }
    case 'stopped':
      return { mark: 'idle', text: texts.state.stopped, at: state.at, ...quiet };
    case 'gone':
      return { mark: 'warn', text: texts.state.gone, goesOn: false, lastLines: state.lastLines };
    default:
      return assertNever(state, 'state of a started service');
  }
}

function whyText(launch: Launch, why: LaunchEnd | undefined, { texts, say }: Words): string | undefined {
  if (why === undefined) return undefined;
  const what = why.what ?? findRecipe(launch.recipe)?.name ?? launch.name;
  return say(texts.launch.why[why.kind], { what, port: launch.port ?? 0 });
}

/** Running ones first, then the newest. */
export const byImportance = (a: Launch, b: Launch): number =>
  Number(b.state.kind === 'running') - Number(a.state.kind === 'running') || b.createdAt - a.createdAt;
