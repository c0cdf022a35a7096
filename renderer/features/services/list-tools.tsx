import { Rows2, Rows4 } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useShell } from '../../store/context.ts';
import { useChoice } from '../../store/use-choice.ts';
import { useWords } from '../../words/use-words.ts';
import css from './list-tools.module.css';
import { filterBy, listView } from './list-view.ts';
import type { ListFilter } from './service-order.ts';

const states = ['all', 'attention', 'open', 'marked'] as const satisfies readonly ListFilter['state'][];
const kinds = ['all', 'web', 'model', 'tcp'] as const satisfies readonly ListFilter['kind'][];

/** What of the list is shown, and how closely. */
export function ListTools({ isDense }: { readonly isDense: boolean }) {
  const { services: texts } = useWords().texts;
  const { state, kind } = useStore(listView, ({ filter }) => filter);
  const density = useChoice(
    'shell.settings',
    useShell((shell) => shell.settings.density),
    (wanted) => ({ density: wanted }),
  );
  return (
    <div className={css.tools} role="toolbar" aria-label={texts.filter}>
      <Segmented
        label={texts.state}
        value={state}
        options={states.map((value) => ({ value, text: texts.states[value] }))}
        onChange={(value) => filterBy({ state: value })}
      />
      <Segmented
        label={texts.kind}
        value={kind}
        options={kinds.map((value) => ({ value, text: texts.kinds[value] }))}
        onChange={(value) => filterBy({ kind: value })}
      />
      <IconButton
        className={css.density}
        label={isDense ? texts.comfortable : texts.dense}
        onClick={() => density.choose(isDense ? 'comfortable' : 'dense')}
      >
        {isDense ? <Rows2 /> : <Rows4 />}
      </IconButton>
      {density.error !== undefined && <ErrorNotice live error={density.error} />}
    </div>
  );
}
