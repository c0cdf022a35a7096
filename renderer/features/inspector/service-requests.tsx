import type { Service } from '../../../shared/model/service.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Switch } from '../../components/switch.tsx';
import { useChoice } from '../../store/use-choice.ts';
import { useWords } from '../../words/use-words.ts';
import { RequestsPanel } from './requests-panel.tsx';
import css from './service-requests.module.css';

/** Requests of one service, and whether the beginning of their bodies is kept. */
export function ServiceRequests({ service }: { readonly service: Service }) {
  const { inspector: texts } = useWords().texts;
  const details = service.local?.details;
  const keep = useChoice('services.keepBodies', details?.keepsBodies ?? false, (on) => ({
    serviceId: service.id,
    keep: on,
  }));
  return (
    <div className={css.requests}>
      {details !== undefined && (
        <Switch
          label={texts.keepBodies}
          hint={texts.keepBodiesText}
          checked={keep.shown}
          onChange={keep.choose}
        />
      )}
      {keep.error !== undefined && <ErrorNotice live error={keep.error} />}
      <RequestsPanel serviceId={service.id} />
    </div>
  );
}
