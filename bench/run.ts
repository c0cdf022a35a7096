import { arch, cpus, platform, release } from 'node:os';
import { median } from '../shared/comparison/median.ts';

/** One thing that was measured: every value in the order in which it was taken. */
export interface Series {
  readonly label: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** Label of the series that this one is compared with; the first one where absent. */
  readonly base?: string;
  /** What was promised, of the ratio to the base or of the value itself. */
  readonly target?: { readonly of: 'ratio' | 'value'; readonly most?: number; readonly least?: number };
}

/** What a measurement gets: a signal to stop at, and a way to say how far it is. */
export interface MeasurementInput {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Takes all values of one measurement; the first series is the one that the others are compared with. */
export type Measurement = (input: MeasurementInput) => Promise<readonly Series[]>;

/** A measurement as it is printed and written as JSON. */
export interface Report {
  readonly name: string;
  readonly takenAt: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly series: readonly (Series & {
    readonly median: number;
    readonly min: number;
    readonly max: number;
    /** This median divided by its base's one. */
    readonly ratio: number;
    readonly met?: boolean;
  })[];
}

/** Reads `NAME [--json FILE]`; a missing name comes back as an empty one. */
export function readRunArguments(words: readonly string[]): {
  readonly name: string;
  readonly jsonFile?: string;
} {
  const [name = '', flag, jsonFile] = words;
  return flag === '--json' && jsonFile !== undefined ? { name, jsonFile } : { name };
}

/** Sums the series up, with what is needed to judge the figures later. */
export function reportOf(name: string, taken: readonly Series[]): Report {
  const baseOf = ({ base }: Series) =>
    median((taken.find(({ label }) => label === base) ?? taken[0])?.values ?? []) ?? Number.NaN;
  return {
    name,
    takenAt: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      system: `${platform()} ${release()} ${arch()}`,
      node: process.versions.node,
    },
    series: taken.map((one) => {
      const middle = median(one.values) ?? Number.NaN;
      const ratio = middle / baseOf(one);
      const judged = one.target?.of === 'value' ? middle : ratio;
      const { most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY } = one.target ?? {};
      return {
        ...one,
        median: middle,
        min: Math.min(...one.values),
        max: Math.max(...one.values),
        ratio,
        ...(one.target === undefined ? {} : { met: judged <= most && judged >= least }),
      };
    }),
  };
}

/** The report as lines for a person. */
export function describeReport(report: Report): string {
  const width = Math.max(...report.series.map(({ label }) => label.length));
  const lines = report.series.map(({ label, unit, values, median: middle, min, max, ratio, target, met }) => {
    const spread = `${figure(min)} to ${figure(max)}, ${values.length} runs`;
    return `${label.padEnd(width)}  ${figure(middle).padStart(9)} ${unit}  ${Number.isFinite(ratio) ? `×${ratio.toFixed(2)}` : '     '}  (${spread})${describeTarget(target, met)}`;
  });
  return lines.join('\n');
}

function describeTarget(target: Series['target'], met: boolean | undefined): string {
  if (target === undefined) return '';
  const sign = target.of === 'ratio' ? '×' : '';
  const bounds = [
    target.least === undefined ? '' : `at least ${sign}${target.least}`,
    target.most === undefined ? '' : `at most ${sign}${target.most}`,
  ];
  return `  ${met === true ? 'met' : 'MISSED'}: ${bounds.filter(Boolean).join(', ')}`;
}

function figure(value: number): string {
  return value.toFixed(Math.abs(value) < 10 ? 2 : 0);
}
