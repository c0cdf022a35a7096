import { comparisonCell, comparisonTable } from '../../../shared/comparison/index.ts';
import type { ComparisonRecord } from '../../../shared/model/comparison-record.ts';
import type { Words } from '../../words/use-words.ts';
import { barShares } from './bar-shares.ts';
import { timesText } from './times-text.ts';

export type PictureInk = 'text' | 'soft' | 'public' | 'tunnel' | 'line';
export type PictureMark =
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Of its base line. */
      readonly y: number;
      readonly text: string;
      readonly ink: PictureInk;
      readonly look: 'title' | 'strong' | 'body' | 'small';
      /** It is drawn narrower rather than wider than this. */
      readonly width: number;
    }
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly ink: PictureInk;
    };
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly PictureMark[];
}

const width = 860;
const edge = 32;
const rowHeight = 30;
const columns = { name: edge, public: 240, tunnel: 490, ratio: 740 } as const;
const barWidth = 90;

/**
 * One comparison as a picture to send to somebody: the same values and sentences as its text, no address, no id, no
 * secret. Pure: what stands where, in pixels.
 */
export function comparisonPicture(record: ComparisonRecord, words: Words): Picture {
  const { measure, services } = words.texts;
  const marks: PictureMark[] = [];
  const write = (
    x: number,
    y: number,
    text: string,
    look: 'title' | 'strong' | 'body' | 'small',
    ink: PictureInk,
    most = width - edge - x,
  ) => marks.push({ kind: 'text', x, y, text, look, ink, width: most });
  const rule = (y: number) =>
    marks.push({ kind: 'box', x: edge, y, width: width - 2 * edge, height: 1, ink: 'line' });

  let y = 48;
  write(edge, y, record.serviceName, 'title', 'text');
  if (record.kindName !== undefined) write(edge, y + 20, record.kindName, 'small', 'soft');
  y += record.kindName === undefined ? 14 : 34;
  record.advice.forEach(({ code, params }, index) => {
    y += 20;
    const sentence = words.say(measure.advice[code], params ?? {});
    write(edge, y, sentence, index === 0 ? 'strong' : 'body', index === 0 ? 'text' : 'soft');
  });

  y += 34;
  write(columns.public, y, services.public, 'strong', 'public');
  write(columns.tunnel, y, services.tunnel, 'strong', 'tunnel');
  write(columns.ratio, y, measure.comparison.ratio, 'body', 'soft');
  y += 10;
  for (const row of comparisonTable(record.measured)) {
    rule(y);
    const base = y + 20;
    const shares = barShares(row);
    write(
      columns.name,
      base,
      measure.comparison.row[row.key],
      'body',
      'soft',
      columns.public - columns.name - 12,
    );
    for (const lane of ['public', 'tunnel'] as const) {
      const isMissing = row[lane].kind === 'missing';
      const share = shares[lane];
      const room = share === undefined ? 230 : 230 - barWidth - 12;
      const said = comparisonCell(row[lane], row.unit, words.language);
      write(columns[lane], base, said, 'body', isMissing ? 'soft' : 'text', room);
      if (share !== undefined)
        marks.push({
          kind: 'box',
          x: columns[lane] + room + 4,
          y: base - 8,
          width: Math.max(1, share * barWidth),
          height: 6,
          ink: lane,
        });
    }
    if (row.ratio !== undefined && row.better !== undefined)
      write(columns.ratio, base, timesText(row.ratio, words), 'strong', row.better);
    y += rowHeight;
  }
  rule(y);
  write(edge, y + 24, measure.comparison.work[record.measured.work], 'small', 'soft');
  const time = new Intl.DateTimeFormat(words.language, { dateStyle: 'medium', timeStyle: 'short' });
  write(
    edge,
    y + 42,
    words.say(measure.comparison.picture, { time: time.format(record.at) }),
    'small',
    'soft',
  );
  return { width, height: y + 70, marks };
}
