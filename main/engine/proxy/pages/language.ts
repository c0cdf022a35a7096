import type { Language } from '../../../../shared/words/index.ts';

/** The reader's language by its weights (RFC 9110 §12.5.4); English where neither is asked for. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: { readonly language: Language; readonly weight: number } = { language: 'en', weight: 0 };
  for (const part of (acceptLanguage ?? '').slice(0, 1_000).split(',')) {
    const [tag = '', ...parameters] = part
      .toLowerCase()
      .split(';')
      .map((one) => one.trim());
    const primary = tag.split('-')[0];
    const language = primary === 'zh' ? 'zh-CN' : primary === 'en' ? 'en' : undefined;
    const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    if (language !== undefined && weight > best.weight) best = { language, weight };
  }
  return best.language;
}
