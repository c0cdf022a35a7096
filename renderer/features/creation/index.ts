export { CreationDialog } from './creation-dialog.tsx';
