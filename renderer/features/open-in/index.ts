export { type OpenInChoice, openInCommands } from './open-in-commands.ts';
export { OpenInMenu } from './open-in-menu.tsx';
