import { findingsOf, rowOf } from '../../../shared/llm/index.ts';
import type { LlmRoute, SpeedPlan, SpeedReport, SpeedRow, Timing } from '../../../shared/model/llm.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import type { LlmTarget } from './ask.ts';
import { streamChat } from './stream-chat.ts';

/** One request says little: a round has so many at least, one wave after the other. */
const leastPerRound = 3;

interface Round {
  readonly route: LlmRoute;
  readonly promptTokens: number;
  readonly parallel: number;
}

/**
 * Asks for the same answers over each route in turn, for each length of prompt and each number of requests side by
 * side: a busy minute of the model hits the routes alike. `cancelled`.
 */
export async function measureSpeed(
  plan: SpeedPlan,
  how: {
    readonly targetOf: (route: LlmRoute) => Promise<Result<LlmTarget>>;
    readonly now: () => number;
    readonly onRow: (rows: readonly SpeedRow[], done: number, of: number) => void;
    readonly signal: AbortSignal;
  },
): Promise<Result<SpeedReport>> {
  const rows: SpeedRow[] = [];
  const rounds = plan.promptTokens.flatMap((promptTokens) =>
    plan.parallel.flatMap((parallel) =>
      plan.routes.map((route): Round => ({ promptTokens, parallel, route })),
    ),
  );
  for (const round of rounds) {
    if (how.signal.aborted) return fail('cancelled');
    const target = await how.targetOf(round.route);
    rows.push(
      target.ok
        ? await measureRound(plan, round, target.value, how.signal)
        : rowOf({ ...round, timings: [], errors: [target.error], wallMs: 0 }),
    );
    how.onRow([...rows], rows.length, rounds.length);
  }
  if (how.signal.aborted) return fail('cancelled');
  const { serviceId, model } = plan;
  return ok({ serviceId, model, at: how.now(), rows, findings: findingsOf(rows) });
}

async function measureRound(
  plan: SpeedPlan,
  round: Round,
  target: LlmTarget,
  signal: AbortSignal,
): Promise<SpeedRow> {
  const timings: Timing[] = [];
  const errors: AppError[] = [];
  const begun = performance.now();
  const one = async (index: number) => {
    const messages = [{ role: 'user', content: promptOf(round.promptTokens, index) }] as const;
    const order = { model: plan.model, messages, temperature: 0, maxTokens: plan.answerTokens };
    const answer = await streamChat(target, order, { signal, onText: () => {} });
    if (!answer.ok) errors.push(answer.error);
    else if (answer.value.timing === undefined) errors.push({ code: 'llm_not_compatible' });
    else timings.push(answer.value.timing);
  };
  const waves = Math.ceil(leastPerRound / round.parallel);
  for (let wave = 0; wave < waves && !signal.aborted; wave += 1)
    await Promise.all(
      Array.from({ length: round.parallel }, (_, index) => one(wave * round.parallel + index)),
    );
  return rowOf({ ...round, timings, errors, wallMs: performance.now() - begun });
}

/** About so many tokens; each differs at its beginning, so that no cache of prompts answers for the model. */
function promptOf(tokens: number, index: number): string {
  const head = `${index} Count from 1 to 1000 in words, one number a line.`;
  const filler = ' The quick brown fox jumps over the lazy dog.';
  const wanted = tokens * 4 - head.length;
  return wanted <= 0 ? head : head + filler.repeat(Math.ceil(wanted / filler.length)).slice(0, wanted);
}
