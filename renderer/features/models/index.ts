export { ModelPanel } from './model-panel.tsx';
export { ModelsPage } from './models-page.tsx';
