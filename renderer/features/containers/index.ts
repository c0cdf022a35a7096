export { useContainerActions } from './container-actions.tsx';
export { ContainerLine } from './container-line.tsx';
export { ContainersPage } from './containers-page.tsx';
