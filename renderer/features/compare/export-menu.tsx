import { ChevronDown, FileJson, FileText, Image } from 'lucide-react';
import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { ComparisonRecord } from '../../../shared/model/comparison-record.ts';
import { Button } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import type { Action } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { comparisonPicture } from './comparison-picture.ts';
import { drawPicture } from './draw-picture.ts';

/** Saves one comparison where the person wants it. */
export function ExportMenu({
  record,
  save,
  onSaved,
}: {
  readonly record: ComparisonRecord;
  readonly save: Action<'shell.saveComparison'>;
  /** With the file's name. */
  readonly onSaved: (file: string | undefined) => void;
}) {
  const words = useWords();
  const { comparison: texts } = words.texts.measure;
  const { id } = record;
  const saveAs = (order: RequestInput<'shell.saveComparison'>) => {
    onSaved(undefined);
    void save.run(order).then((answer) => onSaved(answer.ok ? answer.value.file : undefined));
  };
  return (
    <Menu
      trigger={
        <Button look="quiet" icon={<ChevronDown aria-hidden="true" />} busy={save.running}>
          {texts.export}
        </Button>
      }
      entries={[
        {
          text: texts.exportMarkdown,
          icon: <FileText />,
          onChoose: () => saveAs({ format: 'markdown', id }),
        },
        { text: texts.exportJson, icon: <FileJson />, onChoose: () => saveAs({ format: 'json', id }) },
        {
          text: texts.exportPicture,
          icon: <Image />,
          onChoose: () => {
            const picture = drawPicture(comparisonPicture(record, words));
            if (picture !== undefined) saveAs({ format: 'png', id, picture });
          },
        },
      ]}
    />
  );
}
