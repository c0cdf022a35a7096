import type { AppError } from '../../shared/result.ts';
import { errorSentence } from '../../shared/words/index.ts';

/** What happened and what to do, in English: a terminal's output is read by people and searched by them. */
export const sentence = (error: AppError): string => errorSentence(error, 'en');
