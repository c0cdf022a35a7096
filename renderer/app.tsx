import { useEffect } from 'react';
import { FirstRun } from './features/first-run/first-run.tsx';
import { Frame } from './features/frame/frame.tsx';
import { useEngine, useIsLoaded, useShell } from './store/context.ts';

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
    const frame = requestAnimationFrame(() => window.gearway.ready());
    return () => cancelAnimationFrame(frame);
  }, []);

  return session === 'open' ? <Frame /> : <FirstRun />;
}
