import type { Finding } from '../../../shared/model/service.ts';
import type { Words } from '../../words/use-words.ts';

const named = ['address', 'seconds', 'megabytes', 'percent', 'issuer', 'days'] as const;

/** The values that belong to a finding, each as a short sentence. Empty where there are none. Pure. */
export function findingDetails(params: Finding['params'], words: Words): string {
  const { detail } = words.texts.measure;
  return named
    .flatMap((name) => {
      const value = params?.[name];
      return value === undefined || value === '' ? [] : [words.say(detail[name], { [name]: value })];
    })
    .join(words.gap);
}
