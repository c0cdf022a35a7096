import type { Service } from '../../../shared/model/service.ts';
import { usesOf } from '../../../shared/recognition/uses.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { go } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import css from './use-it.module.css';

/** Lines for the programs that use what answers here. Opening has its own button. */
export function UseIt({ service }: { readonly service: Service }) {
  const { texts } = useWords();
  const { use, copy } = texts;
  const { kind, local, tunnel } = service;
  const isOpen = tunnel.state.kind !== 'closed' && tunnel.local !== undefined;
  const uses = usesOf(kind, { url: local?.url, tunnel: isOpen ? tunnel.local : undefined });
  const lines = uses.flatMap((one) => (one.what === 'copy' ? [one] : []));
  const isModel = uses.some(({ what }) => what === 'model');
  const needsTunnel = kind !== undefined && local === undefined && lines.length === 0;
  if (lines.length === 0 && !isModel && !needsTunnel) return null;
  return (
    <section className={css.uses} aria-label={use.title}>
      {lines.map(({ id, text }) => (
        <div key={id} className={css.line}>
          <span className={css.name}>{use[id]}</span>
          <Address text={text} copyLabel={`${copy.copy}: ${use[id]}`} />
        </div>
      ))}
      {needsTunnel && <p className={css.name}>{use.needsTunnel}</p>}
      {isModel && (
        <div className={css.line}>
          <Button onClick={() => go({ kind: 'models', serviceId: service.id })}>{use.model}</Button>
        </div>
      )}
    </section>
  );
}
