import type { Answered } from '../../../shared/recognition/index.ts';
import { nextAuditPath } from '../../../shared/verdicts/index.ts';
import { asStranger, getPath, type HostBudget, hostOfAddress, type PublicTarget } from '../health/index.ts';

/** One question; a service that is slower is busy, and left alone. */
const eachMs = 5_000;
/** A loop in the table must not become one on the network. */
const mostQuestions = 24;

/** What one public address answers to somebody without a login: read-only questions, one after the other. */
export async function askAsStranger(
  target: PublicTarget,
  options: { readonly budget: HostBudget; readonly signal: AbortSignal },
): Promise<readonly Answered[]> {
  const { budget, signal } = options;
  const host = hostOfAddress(target.url);
  const answers: Answered[] = [];
  for (let path = nextAuditPath(answers); path !== undefined; path = nextAuditPath(answers)) {
    if (answers.length >= mostQuestions || !(await budget.wait(host, signal))) break;
    const answer = await getPath(asStranger(target), path, signal, eachMs);
    budget.giveBack(host);
    if (answer === undefined) break;
    answers.push({ path, ...answer });
  }
  return answers;
}
