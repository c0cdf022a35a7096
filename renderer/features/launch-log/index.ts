export { LaunchPage } from './launch-page.tsx';
