import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Session } from '../shared/model/session.ts';
import css from './app.module.css';
import { FirstRun } from './features/first-run/index.ts';
import { FileNotices, loadFrame, loadOutsidePage, loadOverlays } from './features/frame/index.ts';
import { usePlaces } from './features/places/index.ts';
import { go, show, useEngine, useIsLoaded, usePlace, useShell } from './store/context.ts';
import { dialogs } from './store/dialogs.ts';
import { followCommand } from './store/follow-command.ts';

const Frame = lazy(loadFrame);
const Overlays = lazy(loadOverlays);
const OutsidePage = lazy(loadOutsidePage);

/** Nothing is drawn before both states are there: a first screen that changes at once is worse than a blank moment. */
export function App() {
  return useIsLoaded() ? <Loaded /> : null;
}

function Loaded() {
  const session = useEngine((engine) => engine.session.kind);
  useWayOut(session);
  const language = useShell((shell) => shell.language);
  const [isReady, setIsReady] = useState(false);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  // Heard before the window says that it is ready: what was asked for until then comes at once.
  useCommands();

  useEffect(() => {
    // After the frame in which the first screen was painted, and can be clicked.
    const frame = requestAnimationFrame(() => {
      window.gearway.ready();
      void loadFrame();
      setIsReady(true);
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  return (
    <>
      {session === 'open' ? (
        <Suspense fallback={null}>
          <Frame />
        </Suspense>
      ) : (
        <Outside />
      )}
      {isReady && (
        <Suspense fallback={null}>
          <Overlays />
        </Suspense>
      )}
    </>
  );
}

/**
 * Who signs out on some page comes to the first screen. Nobody else is led there: an engine that comes back, or an
 * account that is still being opened, leaves everybody where they went meanwhile.
 */
function useWayOut(session: Session['kind']) {
  const wasIn = useRef(false);
  useEffect(() => {
    if (session === 'none' && wasIn.current) go({ kind: 'services' });
    if (session !== 'opening') wasIn.current = session === 'open';
  }, [session]);
}

/** What menus, the tray and links ask of the window. */
function useCommands() {
  const entries = usePlaces();
  const places = useRef(entries);
  places.current = entries;
  useEffect(
    () =>
      window.gearway.onCommand((command) =>
        followCommand(command, {
          places: places.current.map(({ place }) => place),
          go,
          show,
          offerConnection: dialogs.getState().offerConnection,
        }),
      ),
    [],
  );
}

/** Before anybody is signed in: the ways in; the menu leads to what needs no account. */
function Outside() {
  const { kind } = usePlace();
  return (
    <div className={css.outside}>
      <div className={css.notices}>
        <FileNotices />
      </div>
      <div className={css.place}>
        {kind === 'settings' || kind === 'activity' || kind === 'connections' ? (
          <main className={css.place}>
            <Suspense fallback={null}>
              <OutsidePage kind={kind} />
            </Suspense>
          </main>
        ) : (
          <FirstRun />
        )}
      </div>
    </div>
  );
}
