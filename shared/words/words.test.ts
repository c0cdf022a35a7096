import { describe, expect, it } from 'vitest';
import { comparisonRowKeys, comparisonWords, liveCodes } from '../comparison/index.ts';
import { errorCodes } from '../errors.ts';
import { auditVerdicts, exposedCodes } from '../model/audit.ts';
import { adviceCodes, comparisonStages, missingReasons } from '../model/comparison-record.ts';
import { memorySchema } from '../model/memory.ts';
import { findingActions, findingCodes } from '../model/service.ts';
import { settingNames } from '../model/settings.ts';
import { errors as enErrors } from './en/errors.ts';
import { placeholdersOf } from './fill.ts';
import { errorSentence, words } from './index.ts';
import { errors as zhErrors } from './zh-cn/errors.ts';

/** All texts of a catalogue, by their path. */
function texts(node: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, value] as const]
        : [...texts(value as object, `${path}${key}.`)],
    ),
  );
}
const en = texts(words.en);
const zh = texts(words['zh-CN']);

describe('the catalogues', () => {
  it('hold the same keys', () => {
    expect([...zh.keys()]).toEqual([...en.keys()]);
  });

  it('need the same values in both languages', () => {
    for (const [key, text] of en)
      expect([key, ...placeholdersOf(zh.get(key) ?? '')].sort()).toEqual(
        [key, ...placeholdersOf(text)].sort(),
      );
    for (const code of errorCodes) {
      const needed = (forms: readonly string[]) => forms.map((form) => [...placeholdersOf(form)].sort());
      expect([code, needed(zhErrors[code])]).toEqual([code, needed(enErrors[code])]);
    }
  });

  it('have a sentence for every code that needs no value', () => {
    for (const code of errorCodes)
      for (const forms of [enErrors[code], zhErrors[code]])
        expect(code === forms.at(-1) || placeholdersOf(forms.at(-1) ?? '').length === 0, code).toBe(true);
  });

  it.each([
    ['finding', Object.keys(words.en.finding), findingCodes],
    ['action', Object.keys(words.en.measure.action), findingActions],
    ['advice', Object.keys(words.en.measure.advice), adviceCodes],
    ['live value', Object.keys(words.en.measure.live), liveCodes],
    ['stage of a comparison', Object.keys(words.en.measure.comparison.stage), comparisonStages],
    ['row of a comparison', Object.keys(words.en.measure.comparison.row), comparisonRowKeys],
    ['word of a comparison', Object.keys(words.en.measure.comparison.word), comparisonWords],
    ['verdict of the audit', Object.keys(words.en.measure.audit.verdict), auditVerdicts],
    ['thing that is open', Object.keys(words.en.measure.audit.gives), exposedCodes],
    ['reason that something is missing', Object.keys(words.en.measure.comparison.missing), missingReasons],
  ])('have words for every %s', (_name, said, codes) => {
    expect(said).toEqual(expect.arrayContaining([...codes]));
  });

  it('neither shout nor leave a word empty', () => {
    for (const text of [
      ...en.values(),
      ...zh.values(),
      ...Object.values(enErrors).flat(),
      ...Object.values(zhErrors).flat(),
    ])
      expect(text === '' || /[!！]/.test(text), text).toBe(false);
  });
});

describe('Chinese', () => {
  const all = [...zh.values(), ...Object.values(zhErrors).flat()]
    // A value may be a word of either kind.
    .map((text) => text.replace(/\{\{\w+\}\}(?::\{\{\w+\}\})?/g, '〇'))
    // What is to be typed stands as it is typed.
    .map((text) => text.replace(/端口:(?:主机:端口|\/)?/g, ''));

  it.each([
    ['stands apart from Latin letters and digits', /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}/u],
    ['has its own punctuation', /\p{Script=Han}[,;:?.(]|[),;:?]\p{Script=Han}|"/u],
    ['has no space beside its punctuation', /[，。；：？、（）“”] | [，。；：？、）”]/u],
  ])('%s', (_what, wrong) => {
    expect(all.filter((text) => wrong.test(text))).toEqual([]);
  });
});

describe('the sentence of an error', () => {
  it('names what is known and falls back where a value is missing', () => {
    const busy = { code: 'local_port_busy', params: { port: 5432 } } as const;
    expect(errorSentence(busy, 'en')).toContain('Port 5432');
    expect(errorSentence({ code: 'local_port_busy' }, 'en')).toContain('This port');
    expect(errorSentence(busy, 'zh-CN')).toContain('5432');
  });

  it('takes a value as text, whatever is in it', () => {
    const taken = { code: 'name_taken', params: { name: '{{container}}', container: '$& $1' } } as const;
    expect(errorSentence(taken, 'en')).toContain('“{{container}}” is used by container $& $1');
  });
});

describe('what a damaged file lost', () => {
  it.each(['en', 'zh-CN'] as const)('has a name for a person, never that of the file: %s', (language) => {
    const { names } = words[language].preferences;
    const kept = [...settingNames, ...Object.keys(memorySchema.shape)];
    expect(kept.filter((name) => !Object.hasOwn(names, name))).toEqual([]);
  });
});
