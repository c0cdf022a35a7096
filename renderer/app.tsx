import { lazy, Suspense, useEffect } from 'react';
import { FirstRun } from './features/first-run/first-run.tsx';
import { useEngine, useIsLoaded, useShell } from './store/context.ts';

/** Not needed for the first screen of a new user, and ready before they have read it. */
const loadFrame = () => import('./features/frame/frame.tsx').then(({ Frame }) => ({ default: Frame }));
const Frame = lazy(loadFrame);

/** Nothing is drawn before both states are there: a first screen that changes at once is worse than a blank moment. */
export function App() {
  return useIsLoaded() ? <Loaded /> : null;
}

function Loaded() {
  const session = useEngine((engine) => engine.session.kind);
  const language = useShell((shell) => shell.language);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  useEffect(() => {
    // After the frame in which the first screen was painted, and can be clicked.
    const frame = requestAnimationFrame(() => {
      window.gearway.ready();
      void loadFrame();
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  return session === 'open' ? (
    <Suspense fallback={null}>
      <Frame />
    </Suspense>
  ) : (
    <FirstRun />
  );
}
