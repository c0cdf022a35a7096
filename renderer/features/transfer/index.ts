export { TransferDialogs } from './transfer-dialogs.tsx';
