export { AddServiceDialog } from './add-service-dialog.tsx';
export { mainAction } from './main-action.ts';
export { ServiceActions } from './service-actions.tsx';
export { groupServices, needsAttention } from './service-order.ts';
export { ServiceRow } from './service-row.tsx';
export { ServicesPage } from './services-page.tsx';
