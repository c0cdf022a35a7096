import { ErrorNotice } from '../../components/error-notice.tsx';
import { Switch } from '../../components/switch.tsx';
import { useEngine } from '../../store/context.ts';
import { useChoice } from '../../store/use-choice.ts';
import { useWords } from '../../words/use-words.ts';

/** Whether the beginning of a service's bodies is kept from now on. Nothing for a service without a local address. */
export function KeepBodies({ serviceId }: { readonly serviceId: string }) {
  const { inspector: texts } = useWords().texts;
  const kept = useEngine((engine) => engine.services[serviceId]?.local?.details?.keepsBodies);
  const keep = useChoice('services.keepBodies', kept ?? false, (on) => ({ serviceId, keep: on }));
  if (kept === undefined) return null;
  return (
    <>
      <Switch
        label={texts.keepBodies}
        hint={texts.keepBodiesText}
        checked={keep.shown}
        onChange={keep.choose}
      />
      {keep.error !== undefined && <ErrorNotice live error={keep.error} />}
    </>
  );
}
