import type { Finding } from '../../shared/model/service.ts';
import type { AppError } from '../../shared/result.ts';
import { errorSentence, fill, words } from '../../shared/words/index.ts';

/** What happened and what to do, in English: a terminal's output is read by people and searched by them. */
export const sentence = (error: AppError): string => errorSentence(error, 'en');

/** A finding, marked where it is only likely. */
export const howSure = (text: string, sure: Finding['sure']): string =>
  sure === 'likely' ? (fill(words.en.measure.likely, { text }) ?? text) : text;
