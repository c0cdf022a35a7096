import { Boxes, Brain, Cable, History, ListTree, Scale, Search, Settings, Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import { StateMark } from '../../components/state-mark.tsx';
import { go, useEngine, usePlace } from '../../store/context.ts';
import type { Place } from '../../store/place.ts';
import { keysSpoken, keysText } from '../../store/shortcuts.ts';
import { useWords } from '../../words/use-words.ts';
import { AccountMenu } from '../accounts/index.ts';
import { type PlaceEntry, usePlaces } from '../places/index.ts';
import { filterBy, needsAttention, noFilter } from '../services/index.ts';
import css from './sidebar.module.css';

/** Who is signed in, where one can go, and whether all is well. */
export function Sidebar({ onSearch }: { readonly onSearch: () => void }) {
  const { texts } = useWords();
  const places = usePlaces();
  return (
    <nav className={css.sidebar} aria-label={texts.places.main}>
      <AccountMenu />
      <button
        type="button"
        className={css.place}
        aria-keyshortcuts={keysSpoken('k')}
        {...hint(texts.palette.open, keysText('k'))}
        onClick={onSearch}
      >
        <Search />
        <span className={css.text}>{texts.palette.open}</span>
        <kbd className={css.keys}>{keysText('k')}</kbd>
      </button>
      <div className={css.small} />
      {places.map((entry) => (
        <PlaceButton key={entry.place.kind} entry={entry} />
      ))}
      <Wellness />
    </nav>
  );
}

const icons: Readonly<Partial<Record<Place['kind'], ReactNode>>> = {
  services: <Cable />,
  containers: <Boxes />,
  connections: <Waypoints />,
  compare: <Scale />,
  models: <Brain />,
  inspector: <ListTree />,
  activity: <History />,
  settings: <Settings />,
};

/** The place above a page that is entered from it. */
const above: Readonly<Partial<Record<Place['kind'], Place['kind']>>> = {
  service: 'services',
  container: 'containers',
  launch: 'containers',
};

/** Beside the icon, where icons alone are seen; where the text is seen too, it names the keys. */
const hint = (text: string, keys?: string) => ({
  'data-hint': text,
  'data-hint-keys': keys,
  'data-hint-side': 'beside',
});

function PlaceButton({ entry: { place, text, key, keys } }: { readonly entry: PlaceEntry }) {
  const here = usePlace();
  const isHere = here.kind === place.kind || above[here.kind] === place.kind;
  return (
    <button
      type="button"
      className={css.place}
      data-place={place.kind}
      aria-current={isHere ? 'page' : undefined}
      aria-keyshortcuts={keysSpoken(key)}
      {...hint(text, keys)}
      onClick={() => go(place)}
    >
      {icons[place.kind]}
      <span className={css.text}>{text}</span>
    </button>
  );
}

function Wellness() {
  const words = useWords();
  const { status } = words.texts;
  const reach = useEngine(({ session }) => {
    if (session.kind !== 'open') return 'asking';
    const { kind } = session.reach;
    return kind === 'failed' && session.reach.error.code === 'token_refused' ? 'refused' : kind;
  });
  const services = useEngine((engine) => Object.values(engine.services).filter(needsAttention).length);
  const connections = useEngine(
    (engine) => Object.values(engine.connections).filter(({ state }) => state.kind === 'failed').length,
  );
  const troubles = services + connections;
  const isLost = reach === 'failed' || reach === 'refused';
  const mark = isLost ? 'down' : reach === 'asking' ? 'working' : troubles > 0 ? 'warn' : 'up';
  const text = isLost
    ? status[reach]
    : reach === 'asking'
      ? status.asking
      : troubles > 0
        ? words.say(status.attention, { n: troubles })
        : status.well;
  const content = (
    <>
      <StateMark mark={mark} />
      <span className={css.text}>{text}</span>
    </>
  );
  // A counter is a door: it opens what it counts.
  if (isLost || troubles === 0)
    return (
      <div className={css.wellness} {...hint(text)}>
        {content}
      </div>
    );
  return (
    <button
      type="button"
      className={css.wellness}
      {...hint(text)}
      onClick={() => {
        if (services > 0) filterBy({ ...noFilter, state: 'attention' });
        go({ kind: services > 0 ? 'services' : 'connections' });
      }}
    >
      {content}
    </button>
  );
}
