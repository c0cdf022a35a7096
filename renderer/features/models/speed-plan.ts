import type { LlmRoute, SpeedPlan } from '../../../shared/model/llm.ts';
import { plainDigits } from '../../../shared/platform-rules/index.ts';

/** As typed. */
export interface TypedPlan {
  readonly prompts: string;
  readonly parallel: string;
  readonly answer: string;
}

/** Short enough to be waited for, long enough to show a difference. */
export const usualPlan: TypedPlan = { prompts: '16, 512', parallel: '1, 4', answer: '48' };

/** The numbers of a list as typed, each once, in order; `undefined` when something in it is no such number. Pure. */
export function readNumbers(
  text: string,
  limits: { readonly least: number; readonly most: number; readonly count: number },
): number[] | undefined {
  const words = plainDigits(text)
    .split(/[\s,，;；]+/)
    .filter((word) => word !== '');
  const numbers = [...new Set(words.map(Number))].sort((a, b) => a - b);
  const fits = numbers.every((n) => Number.isInteger(n) && n >= limits.least && n <= limits.most);
  return fits && numbers.length > 0 && numbers.length <= limits.count ? numbers : undefined;
}

/** What is wrong, by field, or the plan. The ranges are those of the contract's `speedPlanSchema`. Pure. */
export function readPlan(
  typed: TypedPlan,
  about: { readonly serviceId: string; readonly model: string; readonly routes: readonly LlmRoute[] },
):
  | { readonly plan: SpeedPlan; readonly wrong?: undefined }
  | { readonly wrong: ReadonlySet<keyof TypedPlan> } {
  const promptTokens = readNumbers(typed.prompts, { least: 1, most: 100_000, count: 6 });
  const parallel = readNumbers(typed.parallel, { least: 1, most: 32, count: 6 });
  const answer = readNumbers(typed.answer, { least: 2, most: 2_000, count: 1 })?.[0];
  if (promptTokens === undefined || parallel === undefined || answer === undefined) {
    const wrong = new Set<keyof TypedPlan>();
    if (promptTokens === undefined) wrong.add('prompts');
    if (parallel === undefined) wrong.add('parallel');
    if (answer === undefined) wrong.add('answer');
    return { wrong };
  }
  return { plan: { ...about, routes: [...about.routes], promptTokens, parallel, answerTokens: answer } };
}
