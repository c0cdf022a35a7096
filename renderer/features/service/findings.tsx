import type { Service } from '../../../shared/model/service.ts';
import { fixFor } from '../../../shared/verdicts/fixes.ts';
import { findingTones } from '../../../shared/verdicts/tone.ts';
import { Address } from '../../components/address.tsx';
import { Notice } from '../../components/notice.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './findings.module.css';

/** What both lanes together say, with the line that mends it where there is one. */
export function Findings({ service }: { readonly service: Service }) {
  const { texts } = useWords();
  return service.findings
    .filter(({ code }) => code !== 'host_key_changed')
    .map(({ code, sure }) => (
      <Notice key={code} tone={findingTones[code]}>
        {texts.finding[code]}{' '}
        {sure === 'likely' && <span className={css.sure}>({texts.finding.likely})</span>}
        {code === 'bound_to_loopback' && <Fix service={service} />}
      </Notice>
    ));
}

function Fix({ service }: { readonly service: Service }) {
  const { texts } = useWords();
  const fix = fixFor({
    kindName: service.kindName,
    process: service.listens?.process,
    port: service.port,
  });
  return (
    <div className={css.fix}>
      <p>{texts.finding.fix}</p>
      <Address text={fix.line} copyLabel={texts.copy.command} />
    </div>
  );
}
