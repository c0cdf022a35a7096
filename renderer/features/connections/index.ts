export { ConnectionDialog } from './connection-dialog.tsx';
export { forwardText } from './connection-view.ts';
export { ConnectionsPage } from './connections-page.tsx';
export { ImportDialog } from './import-dialog.tsx';
