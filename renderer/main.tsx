import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app.tsx';
import { GearwayProvider } from './store/context.ts';
import { createClient } from './store/gearway.ts';
import { createMirror } from './store/mirror.ts';
import { ignoreSecondClicks } from './store/second-clicks.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

ignoreSecondClicks(document);
const client = createClient(window.gearway);
const gearway = { client, mirror: createMirror(window.gearway, client) };
createRoot(root).render(
  <GearwayProvider value={gearway}>
    <App />
  </GearwayProvider>,
);
