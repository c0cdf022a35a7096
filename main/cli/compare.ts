import { comparisonCell, comparisonTable } from '../../shared/comparison/index.ts';
import type { Comparison, RouteMeasure } from '../../shared/model/comparison.ts';
import { fill, words } from '../../shared/words/index.ts';
import type { Command } from './command.ts';
import { findService } from './find-service.ts';
import { exitStatus } from './io.ts';
import { howSure, sentence } from './sentence.ts';
import { withEngine } from './with-engine.ts';

const findMs = 15_000;

/**
 * `gearway compare NAME`: both routes side by side, with everything that can be measured. With `--json` a line for
 * each step of the way, then one with the comparison.
 */
export const run: Command = (typed, io) =>
  withEngine(typed, io, async (command, { names: [name = ''], json }) => {
    await command.until((state) => findService(state, name) !== undefined, findMs);
    const service = findService(command.state(), name);
    if (service === undefined) {
      io.fail('service_not_found', `no service is called ${name}.`);
      return exitStatus.failed;
    }
    let stage = '';
    const stop = command.onChange(() => {
      const { comparison } = command.state();
      if (comparison.kind !== 'running' || comparison.stage === stage) return;
      stage = comparison.stage;
      if (json) io.out(JSON.stringify({ event: 'progress', stage, done: comparison.done }));
      else io.note(words.en.measure.comparison.stage[comparison.stage]);
    });
    const answer = await command.ask('services.compare', { serviceId: service.id, full: true });
    stop();
    if (!answer.ok) {
      io.fail(answer.error.code, sentence(answer.error));
      return answer.error.code === 'cancelled' ? exitStatus.done : exitStatus.failed;
    }
    if (json) io.out(JSON.stringify({ event: 'comparison', name: service.name, ...answer.value }));
    else for (const line of report(answer.value)) io.out(line);
    return exitStatus.done;
  });

function report(comparison: Comparison): readonly string[] {
  const { measure, finding, compare } = words.en;
  const say = (texts: Readonly<Record<string, unknown>>, code: string, params = {}) => {
    const text = texts[code];
    return typeof text === 'string' ? (fill(text, params) ?? text) : code;
  };
  const measured = comparison.record?.measured;
  const table =
    measured === undefined
      ? []
      : comparisonTable(measured).map((row) => [
          measure.comparison.row[row.key],
          comparisonCell(row.public, row.unit, 'en'),
          comparisonCell(row.tunnel, row.unit, 'en'),
          row.ratio === undefined ? '' : `${row.better} ${row.ratio.toFixed(1)}×`,
        ]);
  const live = comparison.rows.map((row) => [
    compare.rows[row.key],
    say(measure.live, row.public.code, withAge(row.public.params)),
    say(measure.live, row.tunnel.code, withAge(row.tunnel.params)),
    '',
  ]);
  return [
    `public  ${measureLine(comparison.public)}`,
    `tunnel  ${measureLine(comparison.tunnel)}`,
    '',
    ...columns([['', 'PUBLIC', 'TUNNEL', ''], ...table, ...live]),
    '',
    ...comparison.findings.map(({ code, sure }) => howSure(say(finding, code), sure)),
    ...comparison.advice.map(({ code, params }) => say(measure.advice, code, params)),
  ];
}

const withAge = (params: Readonly<Record<string, string | number>> = {}) =>
  typeof params.seconds === 'number' ? { ...params, age: `${params.seconds} s` } : params;

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function measureLine(measure: RouteMeasure): string {
  if (measure.kind !== 'reached') return sentence(measure.error);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return `connect ${ms(measure.connectMs)}  first byte ${ms(measure.firstByteMs)}  total ${ms(measure.totalMs)}`;
}
