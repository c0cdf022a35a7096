import { Play, Waypoints } from 'lucide-react';
import { useEffect, useState } from 'react';
import icon from '../../../build/icon.svg';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { go, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './first-run.module.css';
import { SignInForm } from './sign-in-form.tsx';

/** What a person sees who is not signed in: the ways in, and nothing else. */
export function FirstRun() {
  const words = useWords();
  const { first, connections } = words.texts;
  const isOpening = useEngine((engine) => engine.session.kind === 'opening');
  const tryIt = useAction('session.try');
  /** The account of last time was being opened when this appeared: there is nothing to choose until that is over. */
  const [isRestoring, setIsRestoring] = useState(isOpening);

  useEffect(() => {
    if (!isOpening) setIsRestoring(false);
  }, [isOpening]);

  if (isRestoring) {
    return (
      <main className={css.opening}>
        <img src={icon} alt="" className={css.icon} />
        <p role="status">
          <StateMark mark="working" /> {first.opening}
        </p>
      </main>
    );
  }

  return (
    <main className={css.screen}>
      <header className={css.head}>
        <img src={icon} alt="" className={css.icon} />
        <h1 className={css.title}>{first.title}</h1>
      </header>
      <div className={css.cards}>
        <section className={css.card} aria-labelledby="try-title">
          <h2 id="try-title">{first.tryTitle}</h2>
          <p className={css.text}>{first.tryText}</p>
          <Lanes />
          <Button
            look="primary"
            className={css.wide}
            icon={<Play aria-hidden="true" />}
            busy={tryIt.running}
            onClick={() => void tryIt.run({})}
          >
            {tryIt.running ? first.opening : first.tryAction}
          </Button>
          {tryIt.error !== undefined && <ErrorNotice live error={tryIt.error} />}
        </section>
        <section className={css.card} aria-labelledby="sign-in-title">
          <h2 id="sign-in-title">{first.signInTitle}</h2>
          <p className={css.text}>{first.signInText}</p>
          <SignInForm disabled={tryIt.running} />
        </section>
        <section className={`${css.card} ${css.across}`} aria-labelledby="ssh-title">
          <div>
            <h2 id="ssh-title">{connections.firstTitle}</h2>
            <p className={css.text}>{connections.firstText}</p>
          </div>
          <Button
            icon={<Waypoints aria-hidden="true" />}
            disabled={tryIt.running}
            onClick={() => go({ kind: 'connections' })}
          >
            {connections.firstAction}
          </Button>
        </section>
      </div>
    </main>
  );
}

/** The idea of the whole application in one drawing: two lanes to a service, one address in front. */
const Lanes = () => (
  <svg className={css.lanes} viewBox="0 0 300 92" aria-hidden="true">
    <g fill="none" strokeWidth="2" strokeLinecap="round">
      <path className={css.public} d="M14 46 H52 C76 46 76 22 100 22 H200 C224 22 224 46 248 46" />
      <path className={css.tunnel} d="M14 46 H52 C76 46 76 70 100 70 H200 C224 70 224 46 248 46" />
    </g>
    <circle className={css.you} cx="14" cy="46" r="5" />
    <rect className={css.service} x="248" y="30" width="38" height="32" rx="7" />
    <path className={css.servicePart} d="M257 41 H277 M257 50 H270" strokeWidth="2" strokeLinecap="round" />
  </svg>
);
