export { AccountMenu } from './account-menu.tsx';
export { BayesImport } from './bayes-import.tsx';
export { DiagnosticsDialog } from './diagnostics-dialog.tsx';
export { RealNameNotice } from './real-name-notice.tsx';
export { TokenNotice } from './token-notice.tsx';
