export { ComparePage } from './compare-page.tsx';
export { ComparePanel } from './compare-panel.tsx';
