export { ServicePage } from './service-page.tsx';
