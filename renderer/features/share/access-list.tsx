import { useEffect } from 'react';
import type { Gate, Grant } from '../../../shared/model/gate.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../store/now.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import { untilText } from '../lanes/index.ts';
import css from './share-sheet.module.css';

const weekMs = 7 * 86_400_000;

/** Who may pass, when they last did, how often it was refused; and the hand that takes it back. */
export function AccessList({ service, gate }: { readonly service: Service; readonly gate: Gate }) {
  const words = useWords();
  const { share: texts } = words.texts;
  const now = useNow();
  const check = useAction('gate.check', { whileShown: true });
  const start = useAction('gate.start');
  const revoke = useAction('gate.revoke');
  const renew = useAction('gate.renew');
  const { run } = check;
  const id = { serviceId: service.id };
  useEffect(() => {
    void run({ serviceId: service.id });
  }, [run, service.id]);
  const error = start.error ?? revoke.error ?? renew.error ?? check.error;

  return (
    <section className={css.access}>
      <h3>{texts.access}</h3>
      {gate.state === 'stopped' && (
        <Notice
          tone="down"
          actions={
            <Button busy={start.running} onClick={() => void start.run(id)}>
              {texts.startGate}
            </Button>
          }
        >
          {texts.stopped}
        </Notice>
      )}
      {gate.grants.length === 0 && <p className={css.soft}>{texts.nobodyYet}</p>}
      <ul className={css.list} aria-label={texts.access}>
        {gate.grants.map((grant) => (
          <li key={grant.id} className={css.grant}>
            <span>
              {grant.name === '' ? texts.kind[grant.kind] : `${grant.name} · ${texts.kind[grant.kind]}`}
              <br />
              <span className={css.soft}>{grantText(grant, words, now)}</span>
            </span>
            {grant.revoked !== true && (
              <>
                {grant.until !== undefined && (
                  <Button
                    look="quiet"
                    aria-label={`${texts.renew} ${grant.name}`}
                    busy={renew.running}
                    onClick={() =>
                      void renew.run({
                        ...id,
                        grantId: grant.id,
                        until: Math.max(grant.until ?? 0, Date.now()) + weekMs,
                      })
                    }
                  >
                    {texts.renew}
                  </Button>
                )}
                <Button
                  look="quiet"
                  aria-label={`${texts.takeBack} ${grant.name}`}
                  busy={revoke.running}
                  onClick={() => void revoke.run({ ...id, grantId: grant.id })}
                >
                  {texts.takeBack}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {gate.refused > 0 && <p className={css.soft}>{words.say(texts.refused, { count: gate.refused })}</p>}
      {error !== undefined && <ErrorNotice live error={error} />}
    </section>
  );
}

/** Its end, its last use and what was refused. */
function grantText(grant: Grant, words: Words, now: number): string {
  const { share: texts } = words.texts;
  const { until, lastUsedAt, refused } = grant;
  const end =
    grant.revoked === true
      ? texts.takenBack
      : until === undefined
        ? texts.never
        : words.say(until > now ? texts.endsAt : texts.endedAt, {
            until: untilText(until, now, words.language),
          });
  const used =
    lastUsedAt === undefined
      ? texts.neverUsed
      : words.say(texts.lastUsed, { ago: words.ago(now - lastUsedAt) });
  return [end, used, ...(refused > 0 ? [words.say(texts.tries, { count: refused })] : [])].join(' · ');
}
