import type { Service } from '../../../shared/model/service.ts';
import { Switch } from '../../components/switch.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { RequestsPanel } from './requests-panel.tsx';
import css from './service-requests.module.css';

/** Requests of one service, and whether the beginning of their bodies is kept. */
export function ServiceRequests({ service }: { readonly service: Service }) {
  const { inspector: texts } = useWords().texts;
  const keep = useAction('services.keepBodies');
  const details = service.local?.details;
  return (
    <div className={css.requests}>
      {details !== undefined && (
        <Switch
          label={texts.keepBodies}
          hint={texts.keepBodiesText}
          checked={details.keepsBodies}
          onChange={(on) => void keep.run({ serviceId: service.id, keep: on })}
        />
      )}
      <RequestsPanel serviceId={service.id} />
    </div>
  );
}
