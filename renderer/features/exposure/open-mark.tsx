import type { Service } from '../../../shared/model/service.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './open-mark.module.css';

/** Stands beside every public address that answers to anyone. */
export function OpenMark({ service }: { readonly service: Pick<Service, 'exposed'> | undefined }) {
  const { services } = useWords().texts;
  if (service?.exposed === undefined) return null;
  const isControl = service.exposed.level === 'control';
  return (
    <span className={css.mark} data-level={service.exposed.level}>
      <StateMark mark={isControl ? 'down' : 'warn'} />{' '}
      {isControl ? services.openToControl : services.openToAnyone}
    </span>
  );
}
