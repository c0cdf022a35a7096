export { FileNotices } from './file-notices.tsx';

/** Not needed for the first screen of a new user, and ready before they have read it. */
export const loadFrame = () => import('./frame.tsx').then(({ Frame }) => ({ default: Frame }));
export const loadOverlays = () => import('./overlays.tsx').then(({ Overlays }) => ({ default: Overlays }));
export const loadOutsidePage = () =>
  import('./outside-page.tsx').then(({ OutsidePage }) => ({ default: OutsidePage }));
