import type { GateMark } from '../../../shared/model/gate.ts';
import type { Service } from '../../../shared/model/service.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { useWords } from '../../words/use-words.ts';
import { gateText } from '../lanes/index.ts';
import css from './open-mark.module.css';

/** Stands beside every public address that answers to anyone, or that a gate guards. */
export function OpenMark({ service }: { readonly service: Pick<Service, 'exposed' | 'gate'> | undefined }) {
  const { services } = useWords().texts;
  if (service?.gate !== undefined && service.exposed === undefined) return <GateLine gate={service.gate} />;
  if (service?.exposed === undefined) return null;
  const isControl = service.exposed.level === 'control';
  return (
    <span className={css.mark} data-level={service.exposed.level}>
      <StateMark mark={isControl ? 'down' : 'warn'} />{' '}
      {isControl ? services.openToControl : services.openToAnyone}
    </span>
  );
}

/** Who is let in at the gate, as far as it was seen from outside. */
function GateLine({ gate }: { readonly gate: GateMark }) {
  const words = useWords();
  return (
    <span className={css.mark}>
      <StateMark mark={gate.isRunning && gate.isVerified ? 'up' : 'warn'} />{' '}
      {gateText(gate, words, Date.now())}
    </span>
  );
}
