import { useMemo } from 'react';
import type { AppError } from '../../shared/result.ts';
import { fill } from '../../shared/words/fill.ts';
import { errorSentence, type InterfaceWords, type Language, words } from '../../shared/words/index.ts';
import { useShell } from '../store/context.ts';
import { age, ago, bytes } from './format.ts';

/** The language in force and everything that is said in it. */
export interface Words {
  readonly language: Language;
  readonly texts: InterfaceWords;
  /** Puts values into a text of the catalogue. */
  say(text: string, values: Readonly<Record<string, string | number>>): string;
  /** What happened and what to do. */
  error(error: AppError): string;
  /** How long something has been, as in "2 h 14 min". `ms` of 0 and more. */
  age(ms: number): string;
  /** How long ago something was, from its age in ms. */
  ago(ms: number): string;
  bytes(count: number): string;
  /** What stands between two sentences: Chinese full stops bring their own room. */
  readonly gap: string;
  /** Between what is done and what it is done to. */
  readonly colon: string;
}

const made = new Map<Language, Words>();

/** Made once for each language. */
export function wordsIn(language: Language): Words {
  const known = made.get(language);
  if (known !== undefined) return known;
  const texts: InterfaceWords = words[language];
  const fresh: Words = {
    language,
    texts,
    say: (text, values) => fill(text, values) ?? text,
    error: (error) => errorSentence(error, language),
    age: (ms) => age(ms, texts.time),
    ago: (ms) => ago(ms, texts.time),
    bytes: (count) => bytes(count, language),
    gap: language === 'zh-CN' ? '' : ' ',
    colon: language === 'zh-CN' ? '：' : ': ',
  };
  made.set(language, fresh);
  return fresh;
}

export function useWords(): Words {
  const language = useShell((shell) => shell.language);
  return useMemo(() => wordsIn(language), [language]);
}
