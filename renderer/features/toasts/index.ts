export { say, Toasts } from './toasts.tsx';
export { isRemoval, useRemoval, useUndo } from './use-undo.ts';
