import { Boxes, Cable, ChevronsUpDown, LogOut, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu } from '../../components/menu.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { go, useEngine, usePlace } from '../../store/context.ts';
import type { Place } from '../../store/place.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { needsAttention } from '../services/service-order.ts';
import css from './sidebar.module.css';

/** Who is signed in, where one can go, and whether all is well. */
export function Sidebar() {
  const { texts } = useWords();
  return (
    <nav className={css.sidebar} aria-label={texts.places.main}>
      <AccountButton />
      <PlaceButton
        place={{ kind: 'services' }}
        icon={<Cable />}
        text={texts.places.services}
        also="service"
      />
      <PlaceButton
        place={{ kind: 'containers' }}
        icon={<Boxes />}
        text={texts.places.containers}
        also="container"
      />
      <div className={css.gap} />
      <PlaceButton place={{ kind: 'settings' }} icon={<Settings />} text={texts.places.settings} />
      <Wellness />
    </nav>
  );
}

function PlaceButton({
  place,
  icon,
  text,
  also,
}: {
  readonly place: Place;
  readonly icon: ReactNode;
  readonly text: string;
  /** A place under it counts as being there. */
  readonly also?: Place['kind'];
}) {
  const here = usePlace();
  const isHere = here.kind === place.kind || here.kind === also;
  return (
    <button
      type="button"
      className={css.place}
      aria-current={isHere ? 'page' : undefined}
      title={text}
      onClick={() => go(place)}
    >
      {icon}
      <span className={css.text}>{text}</span>
    </button>
  );
}

function AccountButton() {
  const { texts } = useWords();
  const session = useEngine((engine) => engine.session);
  const signOut = useAction('session.signOut');
  if (session.kind !== 'open') return null;
  const { user, instance, email } = session.account;
  const where = instance.kind === 'local' ? texts.account.local : instance.name;
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={css.account}>
          <span className="unseen">{texts.account.label}: </span>
          <span className={css.face} aria-hidden="true">
            {user.slice(0, 1).toUpperCase()}
          </span>
          <span className={css.who}>
            <span className={css.user}>{user}</span> <span className={css.where}>{where}</span>
          </span>
          <ChevronsUpDown className={css.more} aria-hidden="true" />
        </button>
      }
      entries={[{ text: texts.account.signOut, icon: <LogOut />, onChoose: () => void signOut.run({}) }]}
    >
      <div className={css.menuHead}>
        <div className={css.user}>{user}</div>
        <div className={css.where}>{email ?? where}</div>
      </div>
    </Menu>
  );
}

function Wellness() {
  const words = useWords();
  const { status } = words.texts;
  const reach = useEngine((engine) =>
    engine.session.kind === 'open' ? engine.session.reach.kind : 'asking',
  );
  const troubles = useEngine((engine) => Object.values(engine.services).filter(needsAttention).length);
  const mark = reach === 'failed' ? 'down' : reach === 'asking' ? 'working' : troubles > 0 ? 'warn' : 'up';
  const text =
    reach === 'failed'
      ? status.failed
      : reach === 'asking'
        ? status.asking
        : troubles > 0
          ? words.say(status.attention, { n: troubles })
          : status.well;
  return (
    <div className={css.wellness} title={text}>
      <StateMark mark={mark} />
      <span className={css.text}>{text}</span>
    </div>
  );
}
