export { AddServiceDialog } from './add-service-dialog.tsx';
export { filterBy } from './list-view.ts';
export { mainAction } from './main-action.ts';
export { ServiceActions } from './service-actions.tsx';
export { GroupRows } from './service-list.tsx';
export { groupServices, launchedIds, needsAttention, noFilter } from './service-order.ts';
export { ServicesPage } from './services-page.tsx';
