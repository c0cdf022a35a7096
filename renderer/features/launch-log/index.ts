export { LaunchLog, LaunchPage } from './launch-page.tsx';
