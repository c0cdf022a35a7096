export { LaunchDialog } from './launch-dialog.tsx';
export { LaunchAge } from './launch-row.tsx';
export { LaunchSection } from './launch-section.tsx';
export { launchView } from './launch-view.ts';
export { StopButton } from './stop-button.tsx';
export { useLaunchActions } from './use-launch-actions.tsx';
