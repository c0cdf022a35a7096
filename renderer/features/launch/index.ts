export { EditLaunchDialog } from './edit-launch-dialog.tsx';
export { LaunchDialog } from './launch-dialog.tsx';
export { launchOf } from './launch-of.ts';
export { LaunchAge, LaunchRow } from './launch-row.tsx';
export { LaunchSection } from './launch-section.tsx';
export { launchView } from './launch-view.ts';
export { StopButton } from './stop-button.tsx';
export { useLaunchActions } from './use-launch-actions.tsx';
