import type { ComparisonRecord } from '../model/comparison-record.ts';
import { fill, type Language, words } from '../words/index.ts';
import { changesSince } from './changes.ts';
import { type ComparisonCell, type ComparisonRow, comparisonTable } from './comparison-table.ts';

/** A value as people write it: `84 ms`, `1.2 s`, `3.4 MB/s`, `98%`. Pure. */
export function comparisonValue(value: number, unit: ComparisonRow['unit']): string {
  switch (unit) {
    case 'share':
      return `${Math.round(value * 1000) / 10}%`;
    case 'ms':
      return value >= 1_000 ? `${round(value / 1000)} s` : `${round(value)} ms`;
    case 'bytes':
      return bytes(value);
    case 'bytesPerSecond':
      return `${bytes(value)}/s`;
  }
}

/** Three digits are as many as a measurement is worth. */
const round = (value: number): string => String(Number(value.toPrecision(3)));

function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB'] as const;
  const step = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${round(value / 1000 ** step)} ${units[step]}`;
}

/** What stands in a cell of the table, in words. */
export function comparisonCell(
  cell: ComparisonCell,
  unit: ComparisonRow['unit'],
  language: Language,
): string {
  const { word, missing } = words[language].measure.comparison;
  switch (cell.kind) {
    case 'value':
      return comparisonValue(cell.value, unit);
    case 'word':
      return fill(word[cell.word], { value: comparisonValue(cell.value ?? 0, unit) }) ?? word[cell.word];
    case 'missing':
      return `(${missing[cell.why]})`;
  }
}

/** One comparison as a text to send to somebody: no address, no secret, no name of a person. Markdown. */
export function comparisonReport(
  record: ComparisonRecord,
  language: Language,
  earlier?: ComparisonRecord,
): string {
  const { comparison: text, advice } = words[language].measure;
  const { services } = words[language];
  const cells = (row: readonly string[]) =>
    `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rows = comparisonTable(record.measured).map((row) => [
    text.row[row.key],
    comparisonCell(row.public, row.unit, language),
    comparisonCell(row.tunnel, row.unit, language),
    row.ratio === undefined || row.better === undefined
      ? ''
      : `${services[row.better]} ${fill(text.times, { times: round(row.ratio) }) ?? ''}`,
  ]);
  const changes = earlier === undefined ? [] : changesSince(earlier, record);
  return [
    `# ${record.serviceName}${record.kindName === undefined ? '' : ` (${record.kindName})`}`,
    '',
    new Date(record.at).toISOString(),
    '',
    cells(['', services.public, services.tunnel, text.ratio]),
    '| --- | --- | --- | --- |',
    ...rows.map(cells),
    '',
    ...record.advice.map((one) => `- ${fill(advice[one.code], one.params ?? {}) ?? advice[one.code]}`),
    ...(changes.length === 0 ? [] : ['']),
    ...changes.map(
      (change) =>
        `- ${services[change.route]}, ${text.row[change.key]}: ${comparisonValue(change.now, change.unit)}, ${fill(text[change.verdict], { before: comparisonValue(change.before, change.unit) })}`,
    ),
    '',
    text.work[record.measured.work],
    '',
  ].join('\n');
}
