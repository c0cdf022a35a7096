import { useMemo, useRef } from 'react';
import { assertNever } from '../../../shared/assert-never.ts';
import { go, show, useEngine, useOpenDialog, usePlace } from '../../store/context.ts';
import { dialogs } from '../../store/dialogs.ts';
import { type Shortcut, useShortcuts } from '../../store/shortcuts.ts';
import { ActivityPage } from '../activity/index.ts';
import { ComparePage } from '../compare/index.ts';
import { ConnectionsPage } from '../connections/index.ts';
import { ContainerPage } from '../container/index.ts';
import { ContainersPage } from '../containers/index.ts';
import { InspectorPage } from '../inspector/index.ts';
import { LaunchPage } from '../launch-log/index.ts';
import { ModelsPage } from '../models/index.ts';
import { Palette } from '../palette/index.ts';
import { usePlaces } from '../places/index.ts';
import { ServicePage } from '../service/index.ts';
import { ServicesPage } from '../services/index.ts';
import { SettingsPage } from '../settings/index.ts';
import { Announcer } from './announcer.tsx';
import css from './frame.module.css';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import { useTitleFocus } from './use-title-focus.ts';

/** The window of a person who is signed in: places at the left, the chosen one beside them. */
export function Frame() {
  const isSearching = useOpenDialog() === 'palette';
  const places = usePlaces();
  const shortcuts: readonly Shortcut[] = useMemo(
    () => [
      { key: 'k', run: () => show(dialogs.getState().open === 'palette' ? 'none' : 'palette') },
      ...places.map(({ key, place }) => ({ key, run: () => go(place) })),
    ],
    [places],
  );
  useShortcuts(shortcuts);
  const main = useRef<HTMLElement>(null);
  useTitleFocus(main);
  return (
    <div className={css.frame}>
      <Sidebar onSearch={() => show('palette')} />
      <main ref={main} className={css.main}>
        <StatusBar />
        <div className={css.place}>
          <CurrentPlace />
        </div>
      </main>
      <Palette open={isSearching} onClose={() => show('none')} />
      <Announcer />
    </div>
  );
}

function CurrentPlace() {
  const place = usePlace();
  const isThere = useEngine((engine) => {
    if (place.kind === 'service') return Object.hasOwn(engine.services, place.id);
    if (place.kind === 'launch') return Object.hasOwn(engine.launches, place.id);
    if (place.kind === 'container') return Object.hasOwn(engine.containers, place.id);
    return true;
  });
  // What the page was about may be gone by now.
  if (!isThere) return place.kind === 'service' ? <ServicesPage /> : <ContainersPage />;
  switch (place.kind) {
    case 'services':
      return <ServicesPage />;
    case 'service':
      return <ServicePage key={place.id} id={place.id} />;
    case 'containers':
      return <ContainersPage />;
    case 'container':
      return <ContainerPage key={place.id} id={place.id} />;
    case 'compare':
      return <ComparePage />;
    case 'launch':
      return <LaunchPage key={place.id} id={place.id} />;
    case 'models':
      return <ModelsPage key={place.serviceId} wanted={place.serviceId} />;
    case 'connections':
      return <ConnectionsPage />;
    case 'inspector':
      return <InspectorPage />;
    case 'activity':
      return <ActivityPage />;
    case 'settings':
      return <SettingsPage />;
    default:
      return assertNever(place, 'place');
  }
}
