export { installMenu } from './menu.ts';
