export { InspectorPage } from './inspector-page.tsx';
export { ServiceRequests } from './service-requests.tsx';
