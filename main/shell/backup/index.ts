export { createTransfer, type Transfer } from './transfer.ts';
