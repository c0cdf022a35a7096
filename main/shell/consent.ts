import { assertNever } from '../../shared/assert-never.ts';
import type { RequestName } from '../../shared/contract/requests.ts';
import { fail, type Result } from '../../shared/result.ts';
import { fill, type InterfaceWords, type Language, words } from '../../shared/words/index.ts';
import type { Question } from './links/index.ts';
import { type Weight, weights } from './request-weights.ts';

type Carry = (input: unknown) => Promise<Result<unknown>>;

/**
 * What the window alone may not do, whoever speaks in its name: to listen for others, to have an authority trusted, to
 * start with the computer. The person is asked by a dialog of the system; `cancelled` where they do not agree.
 */
export interface Consent {
  /** Carries the request by `carry`, with what the person agreed to and nothing more. */
  pass(name: RequestName, input: unknown, carry: Carry): Promise<Result<unknown>>;
}

export function createConsent(options: {
  readonly language: () => Language;
  readonly ask: (question: Question) => Promise<boolean>;
  /** Does Gearway start with the computer already? */
  readonly launchesAtLogin: () => boolean;
}): Consent {
  /** One dialog at a time: a page that asks again and again gets none of them. */
  let asking = false;

  async function agreed(question: (texts: InterfaceWords) => Omit<Question, 'refuse'>) {
    if (asking) return false;
    asking = true;
    try {
      const texts = words[options.language()];
      return await options.ask({ ...question(texts), refuse: texts.desktop.links.refuse });
    } finally {
      asking = false;
    }
  }

  const trustQuestion = ({ localAddress }: InterfaceWords) => ({
    title: localAddress.trustTitle,
    detail: localAddress.trustText,
    agree: localAddress.trust,
  });
  const loginQuestion = ({ desktop }: InterfaceWords) => ({
    title: desktop.consent.loginTitle,
    detail: desktop.consent.loginText,
    agree: desktop.consent.login,
  });
  const bindQuestion =
    (bind: string) =>
    ({ forwards }: InterfaceWords) => ({
      title: forwards.bindTitle,
      detail: fill(forwards.bindText, { bind }) ?? forwards.bindText,
      agree: fill(forwards.bindAction, { bind }) ?? forwards.bindAction,
    });

  /** `confirmed` is the shell's word: what the window says of it does not count. */
  async function saveForward(input: unknown, carry: Carry) {
    if (typeof input !== 'object' || input === null) return carry(input);
    const first = await carry({ ...input, confirmed: false });
    if (first.ok || first.error.code !== 'bind_not_confirmed') return first;
    const bind = String(first.error.params?.bind ?? '');
    return (await agreed(bindQuestion(bind))) ? carry({ ...input, confirmed: true }) : fail('cancelled');
  }

  const holds = (input: unknown, name: string): boolean =>
    typeof input === 'object' && input !== null && (input as Record<string, unknown>)[name] === true;

  function questionFor(weight: Exclude<Weight, 'listens'>, input: unknown) {
    switch (weight) {
      case 'reads':
      case 'own':
        return undefined;
      case 'trusts':
        return holds(input, 'on') ? trustQuestion : undefined;
      case 'settings':
        return holds(input, 'launchAtLogin') && !options.launchesAtLogin() ? loginQuestion : undefined;
      default:
        return assertNever(weight, 'weight');
    }
  }

  return {
    async pass(name, input, carry) {
      const weight = weights[name];
      if (weight === 'listens') return saveForward(input, carry);
      const question = questionFor(weight, input);
      if (question !== undefined && !(await agreed(question))) return fail('cancelled');
      return carry(input);
    },
  };
}
