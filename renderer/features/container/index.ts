export { ContainerPage } from './container-page.tsx';
